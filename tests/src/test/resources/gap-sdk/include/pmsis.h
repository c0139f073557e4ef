/*
 * PMSIS as its published documentation has it: the names, types, fields and ranges that applications can rely on. What is
 * wrong there ends the firmware with exit code 99 here.
 */
#ifndef STANDIN_PMSIS_H
#define STANDIN_PMSIS_H

#include <stddef.h>
#include <stdint.h>

#define PI_L1 __attribute__((section(".l1")))
#define PI_L2

struct pi_device {
    void *api;
    void *config;
    void *data;
};

typedef enum {
    PI_DEVICE_UNKNOWN,
    PI_DEVICE_CLUSTER_TYPE
} pi_device_e;

struct pi_cluster_conf {
    pi_device_e device_type;
    int id;
    void *heap_start;
    uint32_t heap_size;
    void *event_kernel;
};

struct pi_cluster_task {
    void (*entry)(void *);
    void *arg;
    void *stacks;
    uint32_t stack_size;
    uint32_t slave_stack_size;
    int nb_cores;
    void *completion_callback;
    int stack_allocated;
    struct pi_cluster_task *next;
};

typedef enum {
    PI_CL_DMA_DIR_LOC2EXT = 0,
    PI_CL_DMA_DIR_EXT2LOC = 1
} pi_cl_dma_dir_e;

typedef struct pi_cl_dma_cmd_s {
    int id;
    struct pi_cl_dma_cmd_s *next;
} pi_cl_dma_cmd_t;

int pmsis_kickoff(void *arg);
void pmsis_exit(int err);

void pi_cluster_conf_init(struct pi_cluster_conf *conf);
void pi_open_from_conf(struct pi_device *device, void *conf);
int pi_cluster_open(struct pi_device *device);
int pi_cluster_close(struct pi_device *device);
struct pi_cluster_task *pi_cluster_task(struct pi_cluster_task *task, void (*entry)(void *), void *arg);
int pi_cluster_send_task_to_cl(struct pi_device *device, struct pi_cluster_task *task);

uint32_t pi_core_id(void);
int pi_cl_cluster_nb_cores(void);
void pi_cl_team_fork(int nb_cores, void (*entry)(void *), void *arg);
void pi_cl_team_barrier(void);
int pi_cl_team_nb_cores(void);

void *pi_cl_l1_malloc(struct pi_device *device, uint32_t size);
void pi_cl_l1_free(struct pi_device *device, void *chunk, int size);

void pi_cl_dma_cmd(uint32_t ext, uint32_t loc, uint32_t size, pi_cl_dma_dir_e dir, pi_cl_dma_cmd_t *cmd);
void pi_cl_dma_cmd_2d(uint32_t ext, uint32_t loc, uint32_t size, uint32_t stride, uint32_t length,
                      pi_cl_dma_dir_e dir, pi_cl_dma_cmd_t *cmd);
void pi_cl_dma_cmd_wait(pi_cl_dma_cmd_t *cmd);

#endif
