package qcc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import qcc.driver.Mismatch;
import qcc.driver.VerificationReport;
import qcc.program.Program;
import qcc.program.Step;

/** A verification's report for machines. */
final class VerificationFormats {
    private VerificationFormats() {
    }

    /** One JSON object, indented, ending in a line break. */
    static String json(VerificationReport report) {
        return JsonText.object(json -> {
            Program program = report.project().program();
            json.writeStringField("model", program.name());
            json.writeStringField("target", report.project().target().name());
            json.writeStringField("emulator", report.project().emulator().describe());
            json.writeNumberField("samples", report.samples());
            json.writeBooleanField("bit_exact", report.bitExact());
            json.writeArrayFieldStart("layers");
            for (Step step : program.steps()) {
                json.writeStartObject();
                json.writeStringField("name", step.name());
                json.writeStringField("kernel", step.kernel().name());
                json.writeStringField("place", step.node().span().toString());
                json.writeNumberField("differing_samples", report.differing().get(step.index()));
                json.writeEndObject();
            }
            json.writeEndArray();
            if (report.mismatch().isPresent()) {
                mismatch(json, report.mismatch().get());
            }
        });
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

    /** A test suite with one case for each layer, as CI servers read it. */
    static String junit(VerificationReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            Program program = report.project().program();
            long failures = report.differing().stream().filter(count -> count > 0).count();
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "qcc verify " + program.name() + " on " + report.project().target().name());
            xml.writeAttribute("tests", String.valueOf(program.steps().size()));
            xml.writeAttribute("failures", String.valueOf(failures));
            for (Step step : program.steps()) {
                xml.writeCharacters("\n  ");
                xml.writeStartElement("testcase");
                xml.writeAttribute("classname", program.name());
                xml.writeAttribute("name", step.name());
                int differing = report.differing().get(step.index());
                if (differing > 0) {
                    xml.writeStartElement("failure");
                    xml.writeAttribute("message", differing + " of " + report.samples() + " inputs differ");
                    xml.writeCharacters(report.mismatch().map(Mismatch::describe).orElse(""));
                    xml.writeEndElement();
                }
                xml.writeEndElement();
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text + "\n";
    }
}
