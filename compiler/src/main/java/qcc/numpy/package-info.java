/**
 * NumPy's files, {@code .npy} and {@code .npz}, read and written. Any bytes are safe to read: every size is checked
 * against the file before memory is taken for it.
 */
package qcc.numpy;
