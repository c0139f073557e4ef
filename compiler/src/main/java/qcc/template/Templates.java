package qcc.template;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.stringtemplate.v4.AutoIndentWriter;
import org.stringtemplate.v4.Interpreter;
import org.stringtemplate.v4.ST;
import org.stringtemplate.v4.STErrorListener;
import org.stringtemplate.v4.STGroup;
import org.stringtemplate.v4.STGroupDir;
import org.stringtemplate.v4.misc.STMessage;
import org.stringtemplate.v4.misc.STNoSuchPropertyException;

/** The templates of an installation. Any problem StringTemplate reports, a missing property included, is an error. */
public final class Templates {
    private final STGroup group;
    private final UnaryOperator<String> escape;
    private final List<String> problems = new ArrayList<>();

    /**
     * Templates whose strings are written as they are.
     *
     * @param folder that the paths of templates start from
     */
    public Templates(Path folder) {
        this(folder, UnaryOperator.identity());
    }

    private Templates(Path folder, UnaryOperator<String> escape) {
        this.escape = escape;
        try {
            group = new STGroupDir(folder.toUri().toURL(), "UTF-8", '$', '$');
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
        group.setListener(new Collector());
        group.registerModelAdaptor(Map.class, Templates::property);
    }

    /** Templates in which every string of a view passes through {@code escape}; {@link Rendered} text does not. */
    public static Templates escaping(Path folder, UnaryOperator<String> escape) {
        return new Templates(folder, escape);
    }

    /** StringTemplate's renderers would also see the literal text of templates, so the strings are replaced before. */
    private Object escaped(Object value) {
        if (value instanceof String text) {
            return new Rendered(escape.apply(text));
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, escaped(element)));
            return copy;
        }
        return value instanceof List<?> list ? list.stream().map(this::escaped).toList() : value;
    }

    /** StringTemplate's own adaptor takes an absent key for an absent value: a misspelt name would print nothing. */
    private static Object property(Interpreter interpreter, ST template, Map<?, ?> view, Object key, String name) {
        if (!view.containsKey(name)) {
            throw new STNoSuchPropertyException(null, view, name);
        }
        return view.get(name);
    }

    /** Renders the template at {@code path}, such as {@code /model/header/header}, with its only argument. */
    public String render(String path, String argument, Map<String, Object> view) {
        ST template = group.getInstanceOf(path);
        if (template == null) {
            throw new IllegalStateException("template " + path + " is missing or wrong: " + problems);
        }
        template.add(argument, escaped(view));
        StringWriter text = new StringWriter();
        try {
            template.write(new AutoIndentWriter(text, "\n"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("template " + path + ": " + problems);
        }
        return text.toString();
    }

    private final class Collector implements STErrorListener {
        @Override
        public void compileTimeError(STMessage message) {
            problems.add(message.toString());
        }

        @Override
        public void runTimeError(STMessage message) {
            problems.add(message.toString());
        }

        @Override
        public void IOError(STMessage message) {
            problems.add(message.toString());
        }

        @Override
        public void internalError(STMessage message) {
            problems.add(message.toString());
        }
    }
}
