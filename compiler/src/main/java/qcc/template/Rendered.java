package qcc.template;

/**
 * Text that a template has made; another template takes it over as it is.
 *
 * @param text what was rendered
 */
public record Rendered(String text) {
    @Override
    public String toString() {
        return text;
    }
}
