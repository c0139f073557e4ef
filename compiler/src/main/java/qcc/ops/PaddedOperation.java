package qcc.ops;

import java.util.Optional;

/** An integer operation with a window that can reach beyond the image. */
public interface PaddedOperation extends IntegerOperation {

    /** The operation on the image before a pad, if its window can read what the pad adds. */
    Optional<IntegerOperation> withPadding(Pad.Geometry pad);
}
