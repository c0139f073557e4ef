package qcc.report;

import java.util.Map;

/** A part of a page: the name of its template in {@code templates/report/blocks.stg}, and what it shows there. */
public interface Block {
    String template();

    /** The template's only argument; strings in it are escaped when they are written. */
    Map<String, Object> view(Html html);
}
