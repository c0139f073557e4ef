package qcc.ops;

/** An integer operation whose result has the channels of all its inputs: they can only lose channels together. */
public interface PointwiseOperation extends ChannelwiseOperation {

    @Override
    default void settle(ChannelFlow flow) {
        flow.tieAll();
    }
}
