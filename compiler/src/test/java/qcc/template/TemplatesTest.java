package qcc.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {
    @TempDir
    private Path folder;

    private String render(String template, Map<String, Object> view) throws IOException {
        Files.writeString(folder.resolve("t.st"), template);
        return new Templates(folder).render("/t", "m", view);
    }

    /** A template that asks for what is not there must never give a file with a hole in it. */
    @Test
    void everyProblemOfATemplateIsAnError() throws IOException {
        assertThat(render("t(m) ::= <<$m.a$>>", Map.of("a", 5))).isEqualTo("5");
        assertThatThrownBy(() -> render("t(m) ::= <<$m.b$>>", Map.of("a", 5))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/t");
        assertThatThrownBy(() -> render("t(m) ::= <<$missing(m)$>>", Map.of())).isInstanceOf(
                IllegalStateException.class);
        assertThatThrownBy(() -> new Templates(folder).render("/absent", "m", Collections.emptyMap()))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("/absent");
    }

    /** Also in lists and inner templates; what was rendered before is not escaped again. */
    @Test
    void stringsAreEscapedWhereThatIsAsked() throws IOException {
        Files.writeString(folder.resolve("t.st"), "t(m) ::= <<$m.a:{x | [$x$]}$$m.b$$m.c$-$m.n$>>");
        Map<String, Object> view = Map.of("a", List.of("p", "q"), "b", new Rendered("done"), "c", "r", "n", 7);
        assertThat(Templates.escaping(folder, text -> "(" + text + ")").render("/t", "m", view))
                .isEqualTo("[(p)][(q)]done(r)-7");
        assertThat(new Templates(folder).render("/t", "m", view)).isEqualTo("[p][q]doner-7");
    }
}
