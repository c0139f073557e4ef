package qcc.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import qcc.template.Rendered;
import qcc.template.Templates;

/** Writes pages with the templates of an installation. */
public final class Html {
    private static final String FOLDER = "/report/";

    private final Templates templates;

    /**
     * @param folder the installation's templates
     */
    public Html(Path folder) {
        templates = Templates.escaping(folder, Html::escape);
    }

    /** The whole file. */
    public String write(Page page) {
        return templates.render(FOLDER + "page/page", "p", Map.of("title", page.title(), "subtitle", page.subtitle(),
                "verdict", page.verdict().text(), "tone", page.verdict().tone().css(), "style", style(),
                "sections", page.sections().stream().map(this::section).toList()));
    }

    private Map<String, Object> section(Section section) {
        return Map.of("heading", section.heading(), "intro", section.intro(), "hasIntro", !section.intro().isEmpty(),
                "blocks", render(section.blocks()));
    }

    List<Rendered> render(List<? extends Block> blocks) {
        return blocks.stream().map(this::render).toList();
    }

    Rendered render(Block block) {
        return new Rendered(templates.render(FOLDER + "blocks/" + block.template(), "b", block.view(this)));
    }

    private Rendered style() {
        return new Rendered(templates.render(FOLDER + "style", "s", Map.of()));
    }

    /** Text as it must stand between tags and in quoted attributes; characters that XML forbids become blanks. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isPrintable(c) ? c : ' ');
            }
        });
        return out.toString();
    }

    private static boolean isPrintable(int c) {
        return c >= ' ' && c != 0x7F && !(c >= 0xD800 && c <= 0xDFFF) && (c & 0xFFFE) != 0xFFFE;
    }
}
