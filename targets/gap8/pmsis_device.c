/*
 * The part of qcc_pmsis.h that is the same on every machine: devices and tasks are no more than what was said of them, and
 * memory in L1 is handed out from the linker script's.
 */
#include "qcc_pmsis.h"

#include "qcc_io.h"

/* From linker.ld; only their addresses mean anything. */
extern uint8_t qcc_l1_heap[];
extern uint8_t qcc_l1_heap_end[];

static uint32_t heap_used;

int pmsis_kickoff(void *function)
{
    ((void (*)(void))(uintptr_t)function)();
    return 0;
}

void pmsis_exit(int code)
{
    qcc_io_exit(code);
}

void pi_cluster_conf_init(struct pi_cluster_conf *conf)
{
    conf->id = 0;
}

void pi_open_from_conf(struct pi_device *device, void *conf)
{
    device->config = conf;
}

int pi_cluster_close(struct pi_device *device)
{
    (void)device;
    return 0;
}

struct pi_cluster_task *pi_cluster_task(struct pi_cluster_task *task, void (*entry)(void *), void *arg)
{
    task->entry = entry;
    task->arg = arg;
    task->stack_size = 0;
    task->slave_stack_size = 0;
    return task;
}

static uint32_t rounded(uint32_t size)
{
    return (size + 7u) & ~7u;
}

void *pi_cl_l1_malloc(struct pi_device *device, uint32_t size)
{
    (void)device;
    const uint32_t left = (uint32_t)(qcc_l1_heap_end - qcc_l1_heap) - heap_used;
    if (size > left || rounded(size) > left) {
        return 0;
    }
    void *memory = qcc_l1_heap + heap_used;
    heap_used += rounded(size);
    return memory;
}

void pi_cl_l1_free(struct pi_device *device, void *memory, int size)
{
    (void)device;
    const uint32_t bytes = rounded((uint32_t)size);
    if ((uint8_t *)memory + bytes == qcc_l1_heap + heap_used) {
        heap_used -= bytes;
    }
}

void pi_cl_dma_cmd(uint32_t ext, uint32_t loc, uint32_t size, pi_cl_dma_dir_e dir, pi_cl_dma_cmd_t *cmd)
{
    pi_cl_dma_cmd_2d(ext, loc, size, size, size, dir, cmd);
}
