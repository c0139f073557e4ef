/*
 * Kernels on a cluster: several cores that run the same function, a small memory that they share (L1), and a DMA that
 * moves tiles between it and the large one (L2). Two bodies: PMSIS, the programming interface of GAP-8 (where the target
 * defines QCC_CLUSTER), and one core without a DMA, which is any other machine.
 *
 * Only the first core starts transfers and waits for them.
 */
#ifndef QCC_CLUSTER_H
#define QCC_CLUSTER_H

#include "qcc_base.h"

/* At most so many cores work, 1, 2, 4 or 8; fewer where the cluster has fewer. */
#ifndef QCC_CORES
#define QCC_CORES 8
#endif

#ifdef QCC_CLUSTER

#include <qcc_pmsis.h> /* of the target: the SDK's, or what stands in for it */

/* Bytes of L1 that each core has for its stack. */
#define QCC_CORE_STACK 1024

/* Transfers that are under way at most; the DMA takes 16. Their commands have places for a power of two. */
#define QCC_TRANSFERS 14u
#define QCC_DMA_PLACES 16u

typedef struct {
    pi_cl_dma_cmd_t commands[QCC_DMA_PLACES];
    uint32_t started, ended;
} qcc_dma_t;

QCC_INLINE int32_t qcc_core(void) {
    return (int32_t)pi_core_id();
}

QCC_INLINE int32_t qcc_cores(void) {
    return pi_cl_team_nb_cores();
}

QCC_INLINE void qcc_barrier(void) {
    pi_cl_team_barrier();
}

/* Waits until at most the last `left` transfers are under way. */
QCC_SHARED void qcc_dma_wait(qcc_dma_t *dma, uint32_t left) {
    for (; dma->ended + left < dma->started; dma->ended++) {
        pi_cl_dma_cmd_wait(&dma->commands[dma->ended % QCC_DMA_PLACES]);
    }
}

QCC_INLINE void qcc_dma_start(qcc_dma_t *dma, const void *far, const void *near, int32_t size, int32_t length,
                              int32_t stride, pi_cl_dma_dir_e direction) {
    if (dma->started - dma->ended == QCC_TRANSFERS) {
        qcc_dma_wait(dma, QCC_TRANSFERS - 1u);
    }
    pi_cl_dma_cmd_t *command = &dma->commands[dma->started % QCC_DMA_PLACES];
    pi_cl_dma_cmd_2d((uint32_t)(uintptr_t)far, (uint32_t)(uintptr_t)near, (uint32_t)size, (uint32_t)stride,
                     (uint32_t)length, direction, command);
    dma->started++;
}

QCC_SHARED void qcc_dma_move(qcc_dma_t *dma, const void *far, const void *near, int32_t size, int32_t length,
                             int32_t stride, pi_cl_dma_dir_e direction) {
    qcc_dma_start(dma, far, near, size, length, stride, direction);
}

/* n rows of so many bytes, which follow each other in L2, and are `pitch` bytes apart in L1: the DMA has lines in L2 only. */
QCC_SHARED void qcc_dma_fetch_rows(qcc_dma_t *dma, int8_t *near, const int8_t *far, int32_t size, int32_t n,
                                   int32_t pitch) {
    for (const int8_t *end = far + n * size; far != end; far += size, near += pitch) {
        qcc_dma_start(dma, far, near, size, size, size, PI_CL_DMA_DIR_EXT2LOC);
    }
}

QCC_INLINE void qcc_dma_fetch(qcc_dma_t *dma, void *near, const void *far, int32_t size) {
    qcc_dma_move(dma, far, near, size, size, size, PI_CL_DMA_DIR_EXT2LOC);
}

QCC_INLINE void qcc_dma_store(qcc_dma_t *dma, void *far, const void *near, int32_t size, int32_t length,
                              int32_t stride) {
    qcc_dma_move(dma, far, near, size, length, stride, PI_CL_DMA_DIR_LOC2EXT);
}

typedef struct {
    void (*layers)(void *);
} qcc_cluster_t;

QCC_SHARED void qcc_cluster_fork(void *task) {
    const int there = pi_cl_cluster_nb_cores();
    pi_cl_team_fork(there < QCC_CORES ? there : QCC_CORES, ((const qcc_cluster_t *)task)->layers, 0);
}

/*
 * Runs the function on all cores of the cluster, and returns when they have ended; for the fabric controller. Meanwhile
 * *local is memory in L1. Without a cluster, or without `bytes` of its memory, the firmware ends with exit code -1: an
 * application that uses either has to give it back before.
 */
QCC_SHARED void qcc_cluster_run(void (*layers)(void *), int8_t **local, uint32_t bytes) {
    struct pi_device cluster;
    struct pi_cluster_conf conf;
    struct pi_cluster_task task;
    qcc_cluster_t run = {layers};
    pi_cluster_conf_init(&conf);
    pi_open_from_conf(&cluster, &conf);
    if (pi_cluster_open(&cluster) != 0) {
        pmsis_exit(-1);
    }
    *local = bytes == 0u ? 0 : pi_cl_l1_malloc(&cluster, bytes);
    if (bytes != 0u && *local == 0) {
        pmsis_exit(-1);
    }
    pi_cluster_task(&task, qcc_cluster_fork, &run);
    task.stack_size = task.slave_stack_size = QCC_CORE_STACK;
    pi_cluster_send_task_to_cl(&cluster, &task);
    if (bytes != 0u) {
        pi_cl_l1_free(&cluster, *local, (int)bytes);
    }
    pi_cluster_close(&cluster);
}

#else

typedef struct {
    uint32_t started, ended;
} qcc_dma_t;

QCC_INLINE int32_t qcc_core(void) {
    return 0;
}

QCC_INLINE int32_t qcc_cores(void) {
    return 1;
}

QCC_INLINE void qcc_barrier(void) {
}

QCC_INLINE void qcc_dma_fetch(qcc_dma_t *dma, void *near, const void *far, int32_t size) {
    qcc_copy(near, far, size);
    dma->started++;
}

QCC_INLINE void qcc_dma_fetch_rows(qcc_dma_t *dma, int8_t *near, const int8_t *far, int32_t size, int32_t n,
                                   int32_t pitch) {
    for (int32_t row = 0; row < n; row++) {
        qcc_dma_fetch(dma, near + row * pitch, far + row * size, size);
    }
}

QCC_INLINE void qcc_dma_store(qcc_dma_t *dma, void *far, const void *near, int32_t size, int32_t length,
                              int32_t stride) {
    int8_t *to = far;
    const int8_t *from = near;
    for (int32_t done = 0; done < size; done += length, to += stride) {
        qcc_copy(to, from + done, qcc_min(length, size - done));
    }
    dma->started++;
}

QCC_INLINE void qcc_dma_wait(qcc_dma_t *dma, uint32_t left) {
    (void)dma;
    (void)left;
}

#endif

/* For a function that only one core is to run, while the others wait. */
#define QCC_ON_FIRST_CORE(function) \
    do {                            \
        if (qcc_core() == 0) {      \
            function();             \
        }                           \
        qcc_barrier();              \
    } while (0)

/* A layer in tiles: starts the transfers of a tile, or does this core's share of what is done in it. */
typedef void qcc_tile_move_t(qcc_dma_t *dma, int32_t tile, const void *layer);
typedef void qcc_tile_share_t(int32_t tile, const void *layer);

/*
 * Computes `count` tiles, while each the next one is fetched; every core of the team calls it. Functions are literals,
 * so that they are inlined. There are two sets of buffers for what is fetched and two for what is stored, used in turn.
 * store starts one transfer, fetch any number; pad, or NULL, writes what no transfer brings, while they are under way.
 */
QCC_INLINE void qcc_run_tiles(int32_t count, qcc_tile_move_t *fetch, qcc_tile_share_t *pad, qcc_tile_share_t *compute,
                              qcc_tile_move_t *store, const void *layer) {
    int first = qcc_core() == 0;
    qcc_dma_t dma;
    dma.started = dma.ended = 0;
    if (first) {
        fetch(&dma, 0, layer);
    }
    if (pad) {
        pad(0, layer);
    }
    for (int32_t tile = 0; tile < count; tile++) {
        int more = tile + 1 < count;
        if (first) {
            qcc_dma_wait(&dma, tile == 0 ? 0 : 1); /* for all but the last store */
        }
        qcc_barrier();
        if (first && more) {
            fetch(&dma, tile + 1, layer);
        }
        if (pad && more) {
            pad(tile + 1, layer);
        }
        compute(tile, layer);
        qcc_barrier();
        if (first) {
            store(&dma, tile, layer);
        }
    }
    if (first) {
        qcc_dma_wait(&dma, 0);
    }
    qcc_barrier();
}

/* Share `index` of `of` equal shares of n things: begin <= i < end. */
typedef struct {
    int32_t begin, end;
} qcc_share_t;

QCC_INLINE qcc_share_t qcc_share(int32_t n, int32_t index, int32_t of) {
    int32_t part = (n + of - 1) / of, begin = qcc_min(n, index * part);
    qcc_share_t share = {begin, qcc_min(n, begin + part)};
    return share;
}

#endif
