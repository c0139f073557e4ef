/*
 * PMSIS of the stand-in: checks how it is used, and leaves the work to qcc's own runtime, whose names and types are others
 * here (names.h).
 */
#include "qcc_io.h"
#include "qcc_pmsis.h"

/* As the SDK's link scripts and its runtime divide L1: the cores' stacks are a part of what can be handed out. */
#define CORES 8
#define L1_FOR_STACKS (CORES * 1024u)
#define WRONG_USE 99
#define MAX_16_BITS 65535u

/* The SDK's structures, as its pmsis.h has them. */
typedef struct {
    void *api, *config, *data;
} sdk_device;

typedef struct {
    int device_type, id;
    void *heap_start;
    uint32_t heap_size;
    void *event_kernel;
} sdk_conf;

typedef struct sdk_task {
    void (*entry)(void *);
    void *arg;
    void *stacks;
    uint32_t stack_size, slave_stack_size;
    int nb_cores;
    void *completion_callback;
    int stack_allocated;
    struct sdk_task *next;
} sdk_task;

typedef struct sdk_cmd {
    int id;
    struct sdk_cmd *next;
} sdk_cmd;

static struct pi_device cluster;
static int is_open, is_up;

static void require(int right, const char *what)
{
    if (!right) {
        qcc_io_print("PMSIS: ");
        qcc_io_print(what);
        qcc_io_print("\n");
        qcc_io_exit(WRONG_USE);
    }
}

#undef pmsis_kickoff
#undef pmsis_exit
#undef pi_cluster_conf_init
#undef pi_open_from_conf
#undef pi_cluster_open
#undef pi_cluster_close
#undef pi_cluster_task
#undef pi_cluster_send_task_to_cl
#undef pi_core_id
#undef pi_cl_cluster_nb_cores
#undef pi_cl_team_fork
#undef pi_cl_team_barrier
#undef pi_cl_team_nb_cores
#undef pi_cl_l1_malloc
#undef pi_cl_l1_free
#undef pi_cl_dma_cmd
#undef pi_cl_dma_cmd_2d
#undef pi_cl_dma_cmd_wait

int pmsis_kickoff(void *arg)
{
    is_up = 1;
    return standin_kickoff(arg);
}

void pmsis_exit(int err)
{
    standin_exit(err);
}

void pi_cluster_conf_init(sdk_conf *conf)
{
    conf->device_type = 1;
    conf->id = 0;
}

void pi_open_from_conf(sdk_device *device, sdk_conf *conf)
{
    device->config = conf;
}

int pi_cluster_open(sdk_device *device)
{
    require(is_up, "the cluster is opened before pmsis_kickoff");
    require(!is_open, "the cluster is opened twice");
    require(((sdk_conf *)device->config)->device_type == 1, "the device is no cluster");
    is_open = 1;
    return standin_cluster_open(&cluster);
}

int pi_cluster_close(sdk_device *device)
{
    (void)device;
    require(is_open, "the cluster is closed twice");
    is_open = 0;
    return standin_cluster_close(&cluster);
}

sdk_task *pi_cluster_task(sdk_task *task, void (*entry)(void *), void *arg)
{
    task->entry = entry;
    task->arg = arg;
    task->stacks = 0;
    task->stack_size = task->slave_stack_size = 0;
    task->nb_cores = 0;
    return task;
}

int pi_cluster_send_task_to_cl(sdk_device *device, sdk_task *task)
{
    (void)device;
    require(is_open, "a task is sent to a cluster that is not open");
    const uint32_t main_stack = task->stack_size == 0 ? 0x800 : task->stack_size;
    const uint32_t others = task->stack_size == 0 ? 0x400
                            : task->slave_stack_size == 0 ? main_stack : task->slave_stack_size;
    require(main_stack + (CORES - 1) * others <= L1_FOR_STACKS, "there is no L1 left for the stacks");
    struct standin_cluster_task work; /* a name that names.h changes, too */
    return standin_send_task(&cluster, standin_cluster_task(&work, task->entry, task->arg));
}

uint32_t pi_core_id(void)
{
    return standin_core_id();
}

int pi_cl_cluster_nb_cores(void)
{
    return standin_nb_cores();
}

void pi_cl_team_fork(int nb_cores, void (*entry)(void *), void *arg)
{
    require(standin_core_id() == 0, "only core 0 forks");
    standin_team_fork(nb_cores, entry, arg);
}

void pi_cl_team_barrier(void)
{
    standin_team_barrier();
}

int pi_cl_team_nb_cores(void)
{
    return standin_team_nb_cores();
}

void *pi_cl_l1_malloc(sdk_device *device, uint32_t size)
{
    (void)device;
    require(is_open, "L1 has no power before the cluster is open");
    return standin_l1_malloc(&cluster, size);
}

void pi_cl_l1_free(sdk_device *device, void *chunk, int size)
{
    (void)device;
    standin_l1_free(&cluster, chunk, size);
}

void pi_cl_dma_cmd_2d(uint32_t ext, uint32_t loc, uint32_t size, uint32_t stride, uint32_t length,
                      pi_cl_dma_dir_e dir, sdk_cmd *cmd)
{
    require(size > 0 && size <= MAX_16_BITS, "a transfer has more than 16 bits of size");
    require(stride <= MAX_16_BITS && length <= MAX_16_BITS, "lines of a transfer have more than 16 bits");
    pi_cl_dma_cmd_t work;
    standin_dma_cmd_2d(ext, loc, size, stride, length, dir, &work);
    cmd->id = (int)work.id;
}

void pi_cl_dma_cmd(uint32_t ext, uint32_t loc, uint32_t size, pi_cl_dma_dir_e dir, sdk_cmd *cmd)
{
    pi_cl_dma_cmd_2d(ext, loc, size, size, size, dir, cmd);
}

void pi_cl_dma_cmd_wait(sdk_cmd *cmd)
{
    pi_cl_dma_cmd_t work = {(uint32_t)cmd->id};
    standin_dma_cmd_wait(&work);
}

int printf(const char *format, ...)
{
    __builtin_va_list arguments;
    __builtin_va_start(arguments, format);
    require(format[0] == '%' && format[1] == 's' && format[2] == '\0', "this printf prints one text");
    qcc_io_print(__builtin_va_arg(arguments, const char *));
    __builtin_va_end(arguments);
    return 0;
}
