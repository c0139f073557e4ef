package qcc.ops;

import java.util.List;

/**
 * An integer operation that can lose channels. Operations that are none of these need all their channels, and nothing
 * is known of their results.
 */
public interface ChannelwiseOperation extends IntegerOperation {

    /** The channels of the result that have the same value at every position, for inputs of which so much is known. */
    KnownChannels knownChannels(List<KnownChannels> inputs);

    /** Adds channels to those that stay until the operation can do without all others. */
    void settle(ChannelFlow flow);

    /** The operation on the channels that stay; the values of known channels that go become part of it. */
    ChannelwiseOperation prune(ChannelFlow flow);
}
