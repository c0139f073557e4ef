package qcc.emulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The little of XML-RPC that a Robot Framework remote server speaks: texts in, one structure of texts out. */
final class XmlRpc {
    private XmlRpc() {
    }

    /** The body of a request that has a remote server run a keyword. */
    static String runKeyword(String keyword, List<String> arguments) {
        String values = arguments.stream().map(XmlRpc::value).collect(Collectors.joining());
        return "<?xml version=\"1.0\"?>\n<methodCall><methodName>run_keyword</methodName><params>"
                + "<param>" + value(keyword) + "</param>"
                + "<param><value><array><data>" + values + "</data></array></value></param>"
                + "</params></methodCall>\n";
    }

    private static String value(String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<value><string>" + escaped + "</string></value>";
    }

    /**
     * The members of the structure in a response, by name. Of a fault, these are {@code faultCode} and
     * {@code faultString}.
     *
     * @throws IOException when the bytes are not such a response
     */
    static Map<String, String> members(byte[] response) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            Element root = builder.parse(new ByteArrayInputStream(response)).getDocumentElement();
            if (!root.getTagName().equals("methodResponse")) {
                throw new IOException("a response begins with <" + root.getTagName() + ">");
            }
            Map<String, String> members = new LinkedHashMap<>();
            NodeList nodes = root.getElementsByTagName("member");
            for (int i = 0; i < nodes.getLength(); i++) {
                Element member = (Element) nodes.item(i);
                members.put(text(member, "name"), text(member, "value"));
            }
            return members;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        } catch (SAXException e) {
            throw new IOException("a response is not well-formed: " + e.getMessage(), e);
        }
    }

    private static String text(Element member, String tag) throws IOException {
        NodeList nodes = member.getElementsByTagName(tag);
        if (nodes.getLength() == 0) {
            throw new IOException("a response has a member without <" + tag + ">");
        }
        return nodes.item(0).getTextContent().strip();
    }
}
