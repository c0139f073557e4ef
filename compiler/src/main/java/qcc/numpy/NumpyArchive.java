package qcc.numpy;

import java.util.Optional;
import java.util.Set;

/** The arrays of a file, by name. They are decoded when they are asked for, anew each time. */
public interface NumpyArchive {
    /** The name of the array in a {@code .npy} file, which has none. */
    String UNNAMED = "";

    /** The names, in the order of the file. */
    Set<String> names();

    /**
     * Decodes an array.
     *
     * @return empty when there is none of this name
     * @throws NumpyException if it is malformed, of a type that is not supported, or too large
     */
    Optional<NumpyArray> find(String name);
}
