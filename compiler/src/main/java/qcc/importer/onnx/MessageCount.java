package qcc.importer.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** Counts the messages of a file before objects are made of them, so that small files cannot fill the memory. */
final class MessageCount {
    private int count;

    private MessageCount() {
    }

    /** Throws {@link InvalidProtocolBufferException} when there are more than {@link Limits#MAX_MESSAGES}. */
    static void check(CodedInputStream input, Descriptor type) throws IOException {
        new MessageCount().walk(input, type);
    }

    private void walk(CodedInputStream input, Descriptor type) throws IOException {
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            boolean message = field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (!message) {
                input.skipField(tag);
                continue;
            }
            if (++count > Limits.MAX_MESSAGES) {
                throw new InvalidProtocolBufferException("it holds more than " + Limits.MAX_MESSAGES + " messages");
            }
            int outer = input.pushLimit(input.readRawVarint32());
            walk(input, field.getMessageType());
            input.popLimit(outer);
        }
    }
}
