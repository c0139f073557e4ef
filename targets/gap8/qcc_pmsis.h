/*
 * The part of PMSIS, the vendor's programming interface, that generated projects use, under its names and with its
 * types, for firmware that is built without the vendor's SDK. Where QCC_SDK is defined the SDK's own pmsis.h takes its
 * place, whose structures have more fields.
 *
 * The fabric controller runs main, which calls pmsis_kickoff. It opens the cluster and sends it tasks; a task runs on
 * core 0 of the cluster, which forks it to all of them. Nothing here is to be called from anywhere else.
 */
#ifndef QCC_PMSIS_H
#define QCC_PMSIS_H

#ifdef QCC_SDK

#include <pmsis.h>

#else

#include <stdint.h>

/* A variable in L1, without an initial value. */
#define PI_L1 __attribute__((section(".l1")))
/* A variable in L2, where all others are anyway. */
#define PI_L2

struct pi_device {
    const void *config;
};

struct pi_cluster_conf {
    int id;
};

struct pi_cluster_task {
    void (*entry)(void *);
    void *arg;
    uint32_t stack_size;       /* of core 0; 0: as much as there is. Here every core has what the linker script gives it */
    uint32_t slave_stack_size; /* of each other core */
};

typedef enum {
    PI_CL_DMA_DIR_LOC2EXT = 0,
    PI_CL_DMA_DIR_EXT2LOC = 1
} pi_cl_dma_dir_e;

/* A transfer that is under way; only for pi_cl_dma_cmd_wait. */
typedef struct {
    uint32_t id;
} pi_cl_dma_cmd_t;

/* Runs a function without arguments and result, void (*)(void), on the fabric controller. Returns 0. */
int pmsis_kickoff(void *function);

/* Ends the firmware, from any core. */
void pmsis_exit(int code) __attribute__((noreturn));

void pi_cluster_conf_init(struct pi_cluster_conf *conf);
void pi_open_from_conf(struct pi_device *device, void *conf);
/* Returns 0. */
int pi_cluster_open(struct pi_device *device);
int pi_cluster_close(struct pi_device *device);
struct pi_cluster_task *pi_cluster_task(struct pi_cluster_task *task, void (*entry)(void *), void *arg);

/* Runs the task on core 0 of the cluster and returns when it has ended; returns 0. */
int pi_cluster_send_task_to_cl(struct pi_device *device, struct pi_cluster_task *task);

/* The number of this core in the cluster. */
uint32_t pi_core_id(void);
/* Cores that the cluster has. */
int pi_cl_cluster_nb_cores(void);

/*
 * Runs entry(arg) on the first `cores` cores of the cluster, on all for 0, and returns when all have ended. To be called
 * on core 0, outside of a fork.
 */
void pi_cl_team_fork(int cores, void (*entry)(void *), void *arg);
/* Within a fork, waits until all cores of the team have come here. */
void pi_cl_team_barrier(void);
/* Cores of the team of the last fork. */
int pi_cl_team_nb_cores(void);

/*
 * Memory in L1, aligned to 8 bytes; 0 when there is not that much left. Only the memory that was handed out last is given
 * back by pi_cl_l1_free.
 */
void *pi_cl_l1_malloc(struct pi_device *device, uint32_t size);
void pi_cl_l1_free(struct pi_device *device, void *memory, int size);

/* Starts to copy size bytes, 1 to 65535, between ext, in L2, and loc, in L1. */
void pi_cl_dma_cmd(uint32_t ext, uint32_t loc, uint32_t size, pi_cl_dma_dir_e dir, pi_cl_dma_cmd_t *cmd);
/* The same, in L2 as lines of `length` bytes that begin `stride` bytes apart; in L1 they follow one another. */
void pi_cl_dma_cmd_2d(uint32_t ext, uint32_t loc, uint32_t size, uint32_t stride, uint32_t length,
                      pi_cl_dma_dir_e dir, pi_cl_dma_cmd_t *cmd);
/* Waits until the transfer has ended. */
void pi_cl_dma_cmd_wait(pi_cl_dma_cmd_t *cmd);

#endif

#endif
