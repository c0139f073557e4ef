/*
 * How a generated model is described to the test harness.
 */
#ifndef QCC_NETWORK_H
#define QCC_NETWORK_H

#include <stddef.h>
#include <stdint.h>

/*
 * An input or output: its name in the model, where its data is in the arena, and its size in bytes. Inputs that are
 * supplied row by row have no place: NULL.
 */
typedef struct {
    const char *name;
    int8_t *(*data)(void);
    uint32_t size;
} qcc_port;

/* An output, and the layer whose result it is; UINT32_MAX: an input that is handed on. */
typedef struct {
    qcc_port port;
    uint32_t layer;
} qcc_output;

typedef struct {
    const char *name;
    void (*run)(void);
    const qcc_port *inputs;
    uint32_t input_count;
    const char *const *layers; /* names, in order of execution */
    uint32_t layer_count;
    uint32_t *hashes;          /* [layer_count]: of the last run, filled by the trace */
} qcc_network;

/* One number for each layer: what qcc_model.hashes points to. */
extern uint32_t qcc_model_hashes[];

/* The model of this project; defined by the generated test/network.c. */
extern const qcc_network qcc_model;

extern const qcc_output qcc_model_outputs[];

extern const uint32_t qcc_model_output_count;

/*
 * Inputs that are supplied row by row ask for their rows here, in the order in which samples hold them. A program that
 * has samples defines it: it writes the next `size` bytes. For others, rows are what memory holds.
 */
void qcc_network_row(int8_t *values, uint32_t size);

#endif
