package qcc.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A program that answers like a Renode whose exchanges were recorded: requests must come in the recorded order, with the
 * recorded commands. Arguments: the recording, what to do instead of letting the firmware run, then Renode's own.
 */
final class FakeRenode {
    /** What happens when the firmware should run. */
    enum Mishap { NONE, DIES, HANGS, GIVES_THE_PROCESSOR_UP }

    private record Exchange(String request, String response) {
    }

    private static final Pattern STRING = Pattern.compile("<string>(.*?)</string>", Pattern.DOTALL);
    private static final Pattern FOLDER = Pattern.compile("@?/[^ \"]*/");
    private static final Pattern PATH = Pattern.compile("[\"@](/[^\"@]*)");

    private final List<Exchange> recording;
    private final Mishap mishap;
    private final Deque<Exchange> next;
    private Path log = Path.of("");

    private FakeRenode(List<Exchange> recording, Mishap mishap) {
        this.recording = recording;
        this.mishap = mishap;
        this.next = new ArrayDeque<>(recording);
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments[2].equals("--version")) {
            System.out.println("Renode v0.0 (recorded)");
            return;
        }
        int port = Integer.parseInt(arguments[Arrays.asList(arguments).indexOf("--robot-server-port") + 1]);
        FakeRenode fake = new FakeRenode(read(Path.of(arguments[0])), Mishap.valueOf(arguments[1]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", fake::answer);
        server.start();
    }

    private static List<Exchange> read(Path recording) throws IOException {
        return Arrays.stream(Files.readString(recording).split("(?m)^> ")).filter(text -> !text.isEmpty())
                .map(text -> text.split("\n", 2)).map(parts -> new Exchange(parts[0], parts[1])).toList();
    }

    private synchronized void answer(HttpExchange http) throws IOException {
        String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        List<String> words = STRING.matcher(body).results().map(string -> string.group(1)).toList();
        String request = words.stream().map(word -> FOLDER.matcher(word).replaceAll(""))
                .collect(Collectors.joining("|"));
        act(words);
        Exchange expected = next.poll();
        String response = expected == null || !expected.request().equals(request)
                ? "<methodResponse><fault><value><struct><member><name>faultString</name><value>not recorded: " + request
                        + "</value></member></struct></value></fault></methodResponse>"
                : expected.response();
        if (next.isEmpty()) {
            next.addAll(recording.subList(1, recording.size()));
        }
        byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(200, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    /** What Renode does beside answering. */
    private void act(List<String> words) throws IOException {
        String command = words.get(words.size() - 1);
        Matcher path = PATH.matcher(command);
        if (command.startsWith("logFile") && path.find()) {
            log = Path.of(path.group(1));
        } else if (command.startsWith("qcc_attach")) {
            Files.writeString(Path.of(path.results().reduce((a, b) -> b).orElseThrow().group(1).strip()), "hello\n");
        } else if (command.startsWith("emulation")) {
            happen();
        }
    }

    private void happen() throws IOException {
        switch (mishap) {
            case NONE -> { }
            case DIES -> Runtime.getRuntime().halt(1);
            case HANGS -> sleep();
            case GIVES_THE_PROCESSOR_UP -> {
                Files.writeString(log, "00:00:01 [ERROR] cpu: CPU abort [PC=0x50000000]: Trying to execute code\n");
                sleep();
            }
            default -> throw new IllegalStateException();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
