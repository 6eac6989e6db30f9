package io.dermaga.attributes;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Texts of elements, or of one of their attributes, at a path of local names: {@code
 * /Order/Item/Id}, {@code /Order/@id}. A document with a document type has none: see ContentTree.
 *
 * @param elements from the root on
 * @param attribute of the last one; empty if its text is meant
 */
record XmlValues(List<String> elements, String attribute) implements TextValues {

    private static final XMLInputFactory FACTORY = factory();

    XmlValues {
        elements = List.copyOf(elements);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    static XmlValues of(String path) {
        int at = path.indexOf("/@");
        String elements = at < 0 ? path : path.substring(0, at);
        String attribute = at < 0 ? "" : path.substring(at + 2);
        if (!elements.matches("(/[\\p{L}_][\\p{L}\\p{N}_.-]*)+")
                || (at >= 0 && !attribute.matches("[\\p{L}_][\\p{L}\\p{N}_.-]*"))) {
            throw new IllegalArgumentException("no path of XML: " + path);
        }
        return new XmlValues(Arrays.asList(elements.substring(1).split("/", -1)), attribute);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Those before a fault, or before the end of what is kept, are found all the same. */
    @Override
    public Stream<String> in(String text) {
        String document = text.strip();
        List<String> found = new ArrayList<>();
        if (!document.startsWith("<")) {
            return found.stream();
        }
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(document));
            try {
                find(reader, found);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | RuntimeException malformed) {
            return found.stream();
        }
        return found.stream();
    }

    private void find(XMLStreamReader reader, List<String> found) throws XMLStreamException {
        Deque<String> open = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        while (found.size() < Attributes.MOST_VALUES && reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> {
                    return;
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    open.addLast(reader.getLocalName());
                    if (isHere(open)) {
                        text.setLength(0);
                        addAttribute(reader, found);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (isHere(open)) {
                        text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (isHere(open) && attribute.isEmpty()) {
                        found.add(text.toString());
                    }
                    open.removeLast();
                }
                default -> {
                    // comments and instructions are no values
                }
            }
        }
    }

    private boolean isHere(Deque<String> open) {
        return open.size() == elements.size() && List.copyOf(open).equals(elements);
    }

    private void addAttribute(XMLStreamReader reader, List<String> found) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(attribute)) {
                found.add(reader.getAttributeValue(i));
            }
        }
    }
}
