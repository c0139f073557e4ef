package qcc.report;

import java.util.List;

/**
 * A part of a page under a heading.
 *
 * @param intro a sentence that says how to read it; may be empty
 */
public record Section(String heading, String intro, List<Block> blocks) {
    public Section {
        blocks = List.copyOf(blocks);
    }

    public static Section of(String heading, String intro, Block... blocks) {
        return new Section(heading, intro, List.of(blocks));
    }
}
