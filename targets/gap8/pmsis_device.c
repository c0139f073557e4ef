/* The part of pmsis.h that is the same on every machine: devices and tasks are no more than what was said of them. */
#include "pmsis.h"

#include "qcc_io.h"

int pmsis_kickoff(void (*function)(void))
{
    function();
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
    return task;
}

void pi_cl_dma_cmd(uint32_t ext, uint32_t loc, uint32_t size, pi_cl_dma_dir_e dir, pi_cl_dma_cmd_t *cmd)
{
    pi_cl_dma_cmd_2d(ext, loc, size, size, size, dir, cmd);
}
