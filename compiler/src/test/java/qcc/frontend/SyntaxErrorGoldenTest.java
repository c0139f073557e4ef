package qcc.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import qcc.diagnostics.DiagnosticRenderer;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Source;

/** The messages for common mistakes, to the letter. The table is {@code syntax-errors.txt}: title, text, messages. */
class SyntaxErrorGoldenTest {
    private static final String TABLE = "syntax-errors.txt";
    private static final String CASE = "=== ";
    private static final String ARROW = "--- gives\n";

    @Test
    void everyMistakeIsExplained() {
        String table = Golden.read(TABLE);
        StringBuilder actual = new StringBuilder();
        List<String> accepted = new ArrayList<>();
        String[] cases = table.split("(?m)^" + CASE);
        for (int i = 1; i < cases.length; i++) {
            int body = cases[i].indexOf('\n') + 1;
            String title = cases[i].substring(0, body);
            String text = cases[i].substring(body, cases[i].indexOf(ARROW));
            Diagnostics diagnostics = new Diagnostics();
            boolean parsed = QdslParser.parse(new Source("m.qdsl", text), diagnostics).isPresent();
            if (parsed || !diagnostics.hasErrors()) {
                accepted.add(title.strip());
            }
            actual.append(CASE).append(title).append(text).append(ARROW)
                    .append(DiagnosticRenderer.plain().render(diagnostics.all()));
        }
        Golden.bless(TABLE, actual.toString());
        assertThat(accepted).isEmpty();
        assertThat(cases).hasSizeGreaterThan(25);
        assertThat(actual.toString()).isEqualTo(table);
    }
}
