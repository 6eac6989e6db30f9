package io.dermaga.dashboard.tree;

import io.dermaga.dashboard.tree.ContentTree.End;
import io.dermaga.dashboard.tree.ContentTree.Format;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Rows of an XML document. One with a document type is not read: entities are declared there, and a
 * few lines of them can stand for gigabytes, or for files of this server.
 */
final class XmlRows {

    private static final XMLInputFactory FACTORY = factory();

    private final boolean whole;
    private final Rows rows = new Rows();
    private int depth;

    XmlRows(boolean whole) {
        this.whole = whole;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver(
                (publicId, systemId, baseUri, namespace) -> {
                    throw new XMLStreamException("nothing is fetched");
                });
        return factory;
    }

    ContentTree read(String text) {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text));
            try {
                while (reader.hasNext()) {
                    if (reader.next() == XMLStreamConstants.DTD) {
                        return new ContentTree(Format.XML, rows.all(), End.MALFORMED, "<!DOCTYPE");
                    }
                    take(reader);
                }
            } finally {
                reader.close();
            }
            return new ContentTree(Format.XML, rows.all(), null, null);
        } catch (Rows.Full full) {
            return new ContentTree(Format.XML, rows.all(), full.end(), null);
        } catch (XMLStreamException | RuntimeException malformed) {
            return ContentTree.malformed(Format.XML, rows, whole, malformed.getMessage());
        }
    }

    private void take(XMLStreamReader reader) {
        switch (reader.getEventType()) {
            case XMLStreamConstants.START_ELEMENT -> {
                rows.add(depth, reader.getLocalName(), "", "");
                depth++;
                for (int i = 0; i < reader.getAttributeCount(); i++) {
                    rows.add(
                            depth,
                            "@" + reader.getAttributeLocalName(i),
                            reader.getAttributeValue(i),
                            "");
                }
            }
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                if (!reader.isWhiteSpace()) {
                    rows.add(depth, "", reader.getText().strip(), "");
                }
            }
            case XMLStreamConstants.ENTITY_REFERENCE ->
                    rows.add(depth, "", "&" + reader.getLocalName() + ";", "");
            default -> {
                // comments and instructions are in the text
            }
        }
    }
}
