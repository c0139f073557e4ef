package qcc.emulator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Talks to a Renode that was started with {@code --robot-server-port}, as its own test runner does. */
final class RenodeClient {
    private static final long POLL_MILLIS = 200;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY).build();
    private final URI address;

    /**
     * @param port on this machine
     */
    RenodeClient(int port) {
        this.address = URI.create("http://127.0.0.1:" + port + "/");
    }

    /** A keyword that Renode could not carry out; the message is Renode's. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** Renode did not answer in time. */
    static final class TimedOut extends IOException {
        private static final long serialVersionUID = 1L;

        TimedOut(String message) {
            super(message);
        }
    }

    /** Runs a command of Renode's monitor and gives what it printed. */
    String command(String text, Duration limit) throws IOException {
        return run(limit, Optional::empty, "ExecuteCommand", text);
    }

    /**
     * Runs a keyword and gives its result.
     *
     * @param limit   how long to wait
     * @param trouble asked every now and then while Renode is at work: a text ends the waiting and is the reason
     * @throws Refused     when Renode says that it failed, or when there was trouble
     * @throws TimedOut    when the limit is reached
     * @throws IOException when the connection breaks or the answer is no XML-RPC
     */
    String run(Duration limit, Supplier<Optional<String>> trouble, String keyword, String... arguments)
            throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address).header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofString(XmlRpc.runKeyword(keyword, List.of(arguments)))).build();
        byte[] body = await(http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()), limit, trouble).body();
        Map<String, String> members = XmlRpc.members(body);
        if (members.containsKey("faultString")) {
            throw new Refused(members.get("faultString"));
        }
        if (!"PASS".equals(members.get("status"))) {
            throw new Refused(members.getOrDefault("error", "no reason given"));
        }
        return members.getOrDefault("return", "");
    }

    private static <T> T await(CompletableFuture<T> answer, Duration limit, Supplier<Optional<String>> trouble)
            throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                return answer.get(Math.max(0, Math.min(POLL_MILLIS, left)), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                Optional<String> reason = trouble.get();
                if (reason.isPresent() || System.nanoTime() >= deadline) {
                    answer.cancel(true);
                    throw reason.isPresent() ? new Refused(reason.get())
                            : new TimedOut("no answer within " + limit.toSeconds() + " seconds");
                }
            } catch (ExecutionException e) {
                throw new IOException("the connection broke: " + e.getCause().getMessage(), e.getCause());
            } catch (InterruptedException e) {
                answer.cancel(true);
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }
}
