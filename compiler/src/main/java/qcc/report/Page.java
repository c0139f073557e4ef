package qcc.report;

import java.util.List;

/**
 * One file of HTML.
 *
 * @param title    what it is about, such as the model and the target
 * @param subtitle what was done with it
 * @param verdict  the result in a word or two
 * @param sections in reading order
 */
public record Page(String title, String subtitle, Verdict verdict, List<Section> sections) {
    public Page {
        sections = List.copyOf(sections);
    }

    /**
     * What the page comes to.
     *
     * @param text a few words
     */
    public record Verdict(Tone tone, String text) {
    }
}
