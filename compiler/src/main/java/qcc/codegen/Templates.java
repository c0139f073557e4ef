package qcc.codegen;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stringtemplate.v4.AutoIndentWriter;
import org.stringtemplate.v4.Interpreter;
import org.stringtemplate.v4.ST;
import org.stringtemplate.v4.STErrorListener;
import org.stringtemplate.v4.STGroup;
import org.stringtemplate.v4.STGroupDir;
import org.stringtemplate.v4.misc.STMessage;
import org.stringtemplate.v4.misc.STNoSuchPropertyException;

/** The templates of an installation. Any problem StringTemplate reports, a missing property included, is an error. */
final class Templates {
    private final STGroup group;
    private final List<String> problems = new ArrayList<>();

    Templates(Path folder) {
        try {
            group = new STGroupDir(folder.toUri().toURL(), "UTF-8", '$', '$');
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
        group.setListener(new Collector());
        group.registerModelAdaptor(Map.class, Templates::property);
    }

    /** StringTemplate's own adaptor takes an absent key for an absent value: a misspelt name would print nothing. */
    private static Object property(Interpreter interpreter, ST template, Map<?, ?> view, Object key, String name) {
        if (!view.containsKey(name)) {
            throw new STNoSuchPropertyException(null, view, name);
        }
        return view.get(name);
    }

    /** Renders the template at {@code path}, such as {@code /model/header}, with its only argument. */
    String render(String path, String argument, Map<String, Object> view) {
        ST template = group.getInstanceOf(path);
        if (template == null) {
            throw new IllegalStateException("template " + path + " is missing or wrong: " + problems);
        }
        template.add(argument, view);
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
