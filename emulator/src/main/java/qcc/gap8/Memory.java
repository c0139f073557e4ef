package qcc.gap8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The memory map, and the bytes of L2 and L1 in one array: L2 from index 0 on, L1 behind it. Every index that a method
 * takes has come from {@link #index}.
 */
final class Memory {
    static final int L2_BASE = 0x1C000000;
    static final int L2_SIZE = 512 << 10;
    static final int L1_BASE = 0x10000000;
    static final int L1_SIZE = 64 << 10;
    static final int SIZE = L2_SIZE + L1_SIZE;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle HALFWORDS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes = new byte[SIZE];

    /** Where {@code size} bytes, 0 or more, from an address on are, or -1 when not all of them are in L2 or all in L1. */
    static int index(int address, int size) {
        if (isL1(address, size)) {
            return L2_SIZE + address - L1_BASE;
        }
        return isL2(address, size) ? address - L2_BASE : -1;
    }

    static boolean isL1(int address, int size) {
        return size <= L1_SIZE && Integer.compareUnsigned(address - L1_BASE, L1_SIZE - size) <= 0;
    }

    static boolean isL2(int address, int size) {
        return size <= L2_SIZE && Integer.compareUnsigned(address - L2_BASE, L2_SIZE - size) <= 0;
    }

    /** The address of an index. */
    static int address(int index) {
        return index < L2_SIZE ? L2_BASE + index : L1_BASE + index - L2_SIZE;
    }

    int word(int index) {
        return (int) WORDS.get(bytes, index);
    }

    void setWord(int index, int value) {
        WORDS.set(bytes, index, value);
    }

    /** With its sign. */
    int halfword(int index) {
        return (short) HALFWORDS.get(bytes, index);
    }

    void setHalfword(int index, int value) {
        HALFWORDS.set(bytes, index, (short) value);
    }

    /** With its sign. */
    int signedByte(int index) {
        return bytes[index];
    }

    void setByte(int index, int value) {
        bytes[index] = (byte) value;
    }

    void copy(int from, int to, int size) {
        System.arraycopy(bytes, from, bytes, to, size);
    }

    void put(byte[] source, int from, int index, int size) {
        System.arraycopy(source, from, bytes, index, size);
    }

    byte[] get(int index, int size) {
        byte[] copy = new byte[size];
        System.arraycopy(bytes, index, copy, 0, size);
        return copy;
    }

    static String hex(int value) {
        return String.format("0x%08x", value);
    }
}
