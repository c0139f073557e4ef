package qcc.diagnostics;

/**
 * Every code a diagnostic can carry, with the text of {@code qcc explain}. The first digit is the area:
 * 1 syntax, 2 names and structure, 3 attributes and shapes, 4 parameters and data files, 5 quantisation,
 * 6 memory, 7 targets and tools, 8 files and command line, 9 import of other formats. A code never changes its meaning.
 */
public enum Code {
    E101("syntax error", """
            The text does not follow the grammar of QDSL at this place. The message says what was expected.
            The grammar is described in compiler/README.md."""),
    E201("unknown name", """
            A name is used that is not defined at this place. Tensors and blocks must be defined before they are used.
            The message lists the closest names that exist."""),
    E202("name defined twice", """
            Tensors, blocks, layers and parameters must have distinct names within the model or block they are in."""),
    E203("unknown operator", """
            There is no operator or block of this name. `qcc ops` lists the operators."""),
    E204("wrong kind of value", """
            A tensor stands where a number or a word is expected, or the other way round."""),
    E205("output is never defined", """
            Every output named in the model's head must be bound to a tensor in its body."""),
    E206("block calls itself", """
            Blocks are expanded where they are called, so a block cannot contain itself, directly or through others."""),
    E207("model is too large", """
            The expansion of blocks and repetitions exceeds the limits that keep compilation finite, or the model and
            its samples exceed the memory that the compiler has."""),
    E301("unknown argument", """
            The operator or block has no argument of this name. `qcc ops NAME` lists the arguments."""),
    E302("missing argument", """
            An argument without a default value is not given."""),
    E303("argument has the wrong type", """
            The value of the argument has another type than the operator expects."""),
    E304("argument out of range", """
            The value of the argument is outside the values for which the operator is defined."""),
    E305("wrong number of tensors", """
            The operator takes another number of input tensors."""),
    E306("shapes do not fit", """
            The operator is not defined for input tensors of these shapes."""),
    E307("stated shape is wrong", """
            A shape that is stated in the model as a check differs from the inferred one."""),
    E308("tensor is too large", """
            A tensor or parameter exceeds the size that a microcontroller could ever hold."""),
    E401("file cannot be read", """
            A file that the model names does not exist or cannot be read. Paths are relative to the model file."""),
    E402("file is not a valid NumPy file", """
            The file is not a well-formed .npy or .npz file: it is truncated, corrupt, or of another format."""),
    E403("array is missing", """
            The parameter file holds no array of the expected name. Arrays are named LAYER.PARAMETER, for example
            conv2d.weight; a layer is named with `as NAME`."""),
    E404("array has the wrong shape", """
            The array in the parameter file has another shape than the layer needs."""),
    E405("array has the wrong type", """
            Parameters and samples must be floating-point or integer arrays."""),
    E406("array holds values that are not finite", """
            An array holds NaN or infinite values; no integer network can be made from them."""),
    E407("data file is too large", """
            The file or an array in it exceeds the limits that protect the compiler, or it claims to be much larger
            than it is (a compression bomb)."""),
    E501("accumulator can overflow", """
            For some input, the 32-bit accumulator of this layer could overflow. qcc refuses rather than produce
            firmware that is wrong for such an input."""),
    E502("quantisation is not possible", """
            No integer scale represents this layer's values. The message says which value is out of range."""),
    E503("no samples to calibrate with", """
            The calibration data holds no sample, or not for every input of the model."""),
    W504("calibrated with random inputs", """
            No calibration data is given, so the ranges of the activations come from random inputs in the declared
            range. The firmware is exact, but its accuracy is that of a guess. Add `calibrate "samples.npz"`."""),
    W505("rounding stopped by its time limit", """
            `adaround` optimises the rounding of one layer after another, until its time is over; the remaining layers
            keep the weights that are nearest. How many that are depends on the machine, so the firmware does, too.
            Give it more time with `adaround(seconds = ...)`, or fewer samples."""),
    W506("search stopped by its time limit", """
            `qcc search` builds one choice of bits after another, until its time is over. The best one so far is its
            result; how many that are depends on the machine, so the result does, too. Give it more time with
            `--time-limit SECONDS`, or measure on fewer samples, `--samples COUNT`."""),
    E601("model does not fit", """
            The arena or the constants exceed the target's memory. The message names the layers that are alive when
            the most memory is needed."""),
    E602("no firmware keeps the budget", """
            `qcc search` has built firmwares with fewer and fewer bits for the weights, and none keeps the flash, RAM or
            instructions that the command line allows."""),
    E603("inputs cannot be supplied row by row", """
            With `--inputs rows` the application supplies the rows of the inputs while the network runs, and an input never
            lies in memory as a whole. That needs layers that read it a few rows at a time. The message names the one
            that needs more."""),
    E701("unknown target", """
            There is no such target. `qcc targets` lists those that exist."""),
    E702("target description is wrong", """
            A file in the target's folder cannot be understood."""),
    E703("tool is missing", """
            A program that this command needs is not installed. The message says how to install it."""),
    E704("firmware does not build", """
            The generated project could not be built. This is a defect of qcc or of the tool chain; please report it."""),
    E705("emulator failed", """
            The emulator did not run the firmware to its end within the time limit, or the firmware stopped in a
            fault handler."""),
    E706("firmware differs from the reference", """
            The firmware computed another result than the reference interpreter. The message names the first layer
            and element that differ."""),
    E707("firmware exceeds its budget", """
            The firmware takes more flash, RAM, stack or instructions than the budget file allows. The table says where
            that comes from. If it is wanted, `qcc budget update` writes the new numbers down."""),
    E801("file cannot be written", """
            The output folder or file cannot be written. What was there before has not been changed."""),
    E802("output folder is not empty", """
            The output folder holds files that qcc did not write. Choose another folder with -o, or empty it."""),
    E803("file type is not known", """
            The name of the model file does not end in a known extension."""),
    E804("budget file is wrong", """
            The budget file is not YAML of the form that `qcc budget update` writes, or holds no budget for this model
            and target."""),
    E901("model file is not valid", """
            The file is not a well-formed model of the format that its name claims: it is truncated, corrupt, or it
            contradicts itself. Export it again, and check it with the format's own tools."""),
    E902("operator is not supported", """
            The model uses an operator that qcc does not know. The message names it, with its index and name in the
            model. All such operators are listed in one run."""),
    E903("use of an operator is not supported", """
            The operator is known, but not with this type, attribute, shape or quantisation. The message says what is
            wrong and what can be done."""),
    E904("external data cannot be read", """
            A model may keep arrays in files of its own. They must lie in the folder of the model or below it, and be
            as long as the model says.""");

    private final String title;
    private final String explanation;

    Code(String title, String explanation) {
        this.title = title;
        this.explanation = explanation;
    }

    /** A few words, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The text that {@code qcc explain} prints. */
    public String explanation() {
        return explanation;
    }

    public Severity severity() {
        return name().startsWith("W") ? Severity.WARNING : Severity.ERROR;
    }
}
