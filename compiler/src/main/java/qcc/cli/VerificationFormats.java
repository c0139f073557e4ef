package qcc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import qcc.budget.BudgetCheck;
import qcc.driver.EmulatorComparison;
import qcc.driver.Environment;
import qcc.driver.InputMix;
import qcc.driver.Mismatch;
import qcc.driver.VerificationReport;
import qcc.driver.VerificationSummary;

/** A verification's report for machines. */
final class VerificationFormats {
    private VerificationFormats() {
    }

    /** One JSON object, indented, ending in a line break. What could not be measured is absent. */
    static String json(VerificationSummary summary) {
        return JsonText.object(json -> run(json, summary));
    }

    /** Likewise, of the same firmware in several emulators: an array of such objects, and whether they count alike. */
    static String json(List<VerificationSummary> summaries) {
        return JsonText.object(json -> {
            json.writeArrayFieldStart("runs");
            for (VerificationSummary summary : summaries) {
                json.writeStartObject();
                run(json, summary);
                json.writeEndObject();
            }
            json.writeEndArray();
            Optional<Boolean> same = EmulatorComparison.same(summaries);
            if (same.isPresent()) {
                json.writeBooleanField("same_instructions", same.get());
            }
        });
    }

    private static void run(JsonGenerator json, VerificationSummary summary) throws IOException {
        VerificationReport report = summary.report();
        Environment environment = report.environment();
        json.writeStringField("model", report.project().program().name());
        json.writeStringField("target", environment.target());
        json.writeStringField("board", environment.board());
        json.writeStringField("emulator", environment.emulator());
        json.writeStringField("compiler", environment.compiler());
        json.writeStringField("flags", environment.flags());
        json.writeNumberField("samples", report.samples());
        inputs(json, summary.inputs());
        json.writeBooleanField("bit_exact", report.bitExact());
        number(json, summary.cost().counterUnit(), summary.cost().instructions());
        number(json, "flash_bytes", summary.cost().flashBytes());
        number(json, "ram_bytes", summary.cost().ramBytes());
        number(json, "stack_bytes", summary.cost().stackBytes());
        if (summary.budget().isPresent()) {
            BudgetTable.json(json, summary.budget().get());
        }
        json.writeArrayFieldStart("layers");
        for (VerificationSummary.Layer layer : summary.layers()) {
            layer(json, layer, summary.cost().counterUnit());
        }
        json.writeEndArray();
        if (report.mismatch().isPresent()) {
            mismatch(json, report.mismatch().get());
        }
    }

    private static void inputs(JsonGenerator json, InputMix inputs) throws IOException {
        json.writeObjectFieldStart("inputs");
        json.writeNumberField("extremes", inputs.extremes());
        json.writeNumberField("samples", inputs.samples());
        json.writeNumberField("random", inputs.random());
        json.writeNumberField("seed", inputs.seed());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, Optional<Long> value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.get());
        }
    }

    private static void layer(JsonGenerator json, VerificationSummary.Layer layer, String unit)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", layer.step().name());
        json.writeStringField("kernel", layer.step().kernel().name());
        json.writeStringField("shape", layer.step().output().value().shape().toString());
        json.writeStringField("place", layer.step().node().span().toString());
        number(json, unit, layer.instructions());
        json.writeNumberField("constant_bytes", layer.flashBytes());
        json.writeNumberField("differing_samples", layer.differing());
        json.writeEndObject();
    }

    private static void mismatch(JsonGenerator json, Mismatch mismatch) throws IOException {
        json.writeObjectFieldStart("first_difference");
        json.writeStringField("layer", mismatch.step().name());
        json.writeNumberField("sample", mismatch.sample());
        json.writeNumberField("element", mismatch.element());
        json.writeNumberField("expected", mismatch.expected());
        json.writeNumberField("actual", mismatch.actual());
        json.writeEndObject();
    }

    /** What an element of XML contains. */
    @FunctionalInterface
    private interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static String document(Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            content.write(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text + "\n";
    }

    /** A test suite with one case for each layer, as CI servers read it; the facts are its properties. */
    static String junit(VerificationSummary summary) {
        return document(xml -> suite(xml, summary, ""));
    }

    /** Likewise, with a test suite for each emulator. */
    static String junit(List<VerificationSummary> summaries) {
        return document(xml -> {
            xml.writeStartElement("testsuites");
            for (VerificationSummary summary : summaries) {
                xml.writeCharacters("\n");
                suite(xml, summary, " in " + summary.report().project().emulator().name());
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
        });
    }

    private static void suite(XMLStreamWriter xml, VerificationSummary summary, String emulator)
            throws XMLStreamException {
        VerificationReport report = summary.report();
        String model = report.project().program().name() + emulator;
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "qcc verify " + report.project().program().name() + " on "
                + report.environment().target() + emulator);
        List<BudgetCheck.Line> limits = summary.budget().map(BudgetCheck::lines).orElse(List.of());
        xml.writeAttribute("tests", String.valueOf(summary.layers().size() + limits.size()));
        xml.writeAttribute("failures", String.valueOf(report.differing().stream().filter(n -> n > 0).count()
                + limits.stream().filter(BudgetCheck.Line::exceeded).count()));
        properties(xml, summary);
        for (VerificationSummary.Layer layer : summary.layers()) {
            testcase(xml, model, layer.step().name(), layer.differing() == 0 ? Optional.empty()
                    : Optional.of(layer.differing() + " of " + report.samples() + " inputs differ"),
                    report.mismatch().map(Mismatch::describe).orElse(""));
        }
        for (BudgetCheck.Line line : limits) {
            testcase(xml, model + " budget", line.metric().key(), line.exceeded()
                    ? Optional.of(BudgetTable.sentence(line)) : Optional.empty(), BudgetTable.text(line));
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private static void properties(XMLStreamWriter xml, VerificationSummary summary) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("properties");
        for (Map.Entry<String, String> property : summary.properties().entrySet()) {
            xml.writeCharacters("\n    ");
            xml.writeEmptyElement("property");
            xml.writeAttribute("name", property.getKey());
            xml.writeAttribute("value", property.getValue());
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void testcase(XMLStreamWriter xml, String group, String name, Optional<String> failure,
            String details) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", group);
        xml.writeAttribute("name", name);
        if (failure.isPresent()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", failure.get());
            xml.writeCharacters(details);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
}
