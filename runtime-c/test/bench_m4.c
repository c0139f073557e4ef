/*
 * Instructions per layer on an emulated Cortex-M4, counted exactly: QEMU's -icount shift=6 makes one instruction
 * 64 ns of virtual time, and SysTick counts it at 25 MHz. The data do not matter to the counts.
 */
#include "layers.h"

#include <stdint.h>
#include <stdio.h>

#define SYSTICK_CONTROL (*(volatile uint32_t *)0xE000E010u)
#define SYSTICK_RELOAD (*(volatile uint32_t *)0xE000E014u)
#define SYSTICK_VALUE (*(volatile uint32_t *)0xE000E018u)

enum { SYSTICK_MOST = 0xFFFFFF, TICK_NS = 40, INSTRUCTION_NS = 64, ENABLE_CORE_CLOCK = 5, WRAPPED = 1 << 16 };

static uint32_t space[5][22 * 1024];

static void start(void) {
    SYSTICK_CONTROL = 0;
    SYSTICK_RELOAD = SYSTICK_MOST;
    SYSTICK_VALUE = 0;
    SYSTICK_CONTROL = ENABLE_CORE_CLOCK;
    while (SYSTICK_VALUE == 0) {
    }
}

static void report(const char *name, uint32_t before, uint32_t after, int64_t work, const char *unit) {
    if (SYSTICK_CONTROL & WRAPPED) {
        printf("%-26s took too long to count\n", name);
        return;
    }
    int64_t instructions = (int64_t)(before - after) * TICK_NS / INSTRUCTION_NS;
    int64_t hundredths = (instructions * 100 + work / 2) / work;
    printf("%-26s %9ld instructions %4ld.%02ld per %s\n", name, (long)instructions, (long)(hundredths / 100),
           (long)(hundredths % 100), unit);
}

static void bench_convolution(const char *name, convolution_t *layer, int64_t macs) {
    start();
    uint32_t before = SYSTICK_VALUE;
    layer((const int8_t *)space[0], (int8_t *)space[1], (const int8_t *)space[2], (const int32_t *)space[3], space[4]);
    report(name, before, SYSTICK_VALUE, macs, "MAC");
}

static void bench_operator(const char *name, operator_t *layer, int64_t outputs) {
    start();
    uint32_t before = SYSTICK_VALUE;
    layer((const int8_t *)space[0], (int8_t *)space[1], space[2]);
    report(name, before, SYSTICK_VALUE, outputs, "output");
}

int main(void) {
    for (int32_t i = 0; i < 1024; i++) {
        space[2][i] = 0x00010001; /* an exponential table must not be all zeros */
    }
    bench_convolution("conv 3x3 16-16 32x32", conv_16_16_dsp, 2359296);
    bench_convolution("  by multiply", conv_16_16_multiply_dsp, 2359296);
    bench_convolution("  by TFLite's rule", conv_16_16_tflite_dsp, 2359296);
    bench_convolution("  stacked", conv_16_16_stacked_dsp, 2359296);
    bench_convolution("  stacked, by TFLite's rule", conv_16_16_tflite_stacked_dsp, 2359296);
    bench_convolution("  F(2x2), by TFLite's rule", conv_16_16_f2x2_dsp, 2359296);
    bench_convolution("  F(4x4), by TFLite's rule", conv_16_16_f4x4_dsp, 2359296);
    bench_convolution("  portable kernel", conv_16_16, 2359296);
    bench_convolution("  4-bit weights", conv_16_16_halves_dsp, 2359296);
    bench_convolution("conv 3x3 s2 16-32 32x32", conv_16_32_dsp, 1179648);
    bench_convolution("conv 3x3 3-8 32x32", conv_3_8_rows_dsp, 221184);
    bench_convolution("  general DSP kernel", conv_3_8_dsp, 221184);
    bench_convolution("  portable kernel", conv_3_8, 221184);
    bench_convolution("conv 3x3 1-16 8x8", conv_1_16_rows_dsp, 9216);
    bench_convolution("conv 3x3 s2 3-8 96x96", conv_3_8_half_rows_dsp, 497664);
    bench_convolution("conv 10x4 s2 1-64 49x10", conv_keywords_dsp, 320000);
    bench_convolution("pointwise 64-64 25x5", pointwise_64_64_dsp, 512000);
    bench_convolution("  stacked", pointwise_64_64_stacked_dsp, 512000);
    bench_convolution("  portable kernel", pointwise_64_64, 512000);
    bench_convolution("  4-bit weights", pointwise_64_64_halves_dsp, 512000);
    bench_convolution("  2-bit weights", pointwise_64_64_quarters_dsp, 512000);
    bench_convolution("  portable, 4-bit weights", pointwise_64_64_halves, 512000);
    bench_convolution("pointwise 8-16 48x48", pointwise_8_16_dsp, 294912);
    bench_convolution("  stacked, TFLite", pointwise_8_16_stacked_dsp, 294912);
    bench_convolution("depthwise 3x3 64 25x5", depthwise_64_3x3_dsp, 72000);
    bench_convolution("  by TFLite's rule", depthwise_64_3x3_tflite_dsp, 72000);
    bench_convolution("  general DSP kernel", depthwise_64_dsp, 72000);
    bench_convolution("  portable kernel", depthwise_64, 72000);
    bench_convolution("depthwise 3x3 8 48x48", depthwise_8_3x3_dsp, 165888);
    bench_convolution("  general DSP kernel", depthwise_8_dsp, 165888);
    bench_convolution("  portable kernel", depthwise_8, 165888);
    bench_convolution("depthwise 3x3 s2 16 48x48", depthwise_half_16_3x3_tflite_dsp, 82944);
    bench_convolution("  by multiply", depthwise_half_16_3x3_dsp, 82944);
    bench_convolution("dense 640-128", dense_640_128_dsp, 81920);
    bench_convolution("  stacked", dense_640_128_stacked_dsp, 81920);
    bench_convolution("  portable kernel", dense_640_128, 81920);
    bench_convolution("  4-bit weights", dense_640_128_halves_dsp, 81920);
    bench_convolution("  2-bit weights", dense_640_128_quarters_dsp, 81920);
    bench_convolution("  portable, 4-bit weights", dense_640_128_halves, 81920);
    bench_operator("add", add_16_dsp, 16384);
    bench_operator("  portable kernel", add_16, 16384);
    bench_operator("mul", mul_16, 16384);
    bench_operator("lookup", lookup_16, 16384);
    bench_operator("max_pool 2x2", max_pool_16_dsp, 4096);
    bench_operator("  portable kernel", max_pool_16, 4096);
    bench_operator("avg_pool 2x2", avg_pool_16_dsp, 4096);
    bench_operator("  portable kernel", avg_pool_16, 4096);
    bench_operator("global avg_pool, per input", global_pool_16, 16384);
    bench_operator("softmax", softmax_16, 16384);
    bench_operator("concat", concat_16, 16384);
    bench_operator("pad", pad_16, 18496);
    bench_operator("upsample", upsample_16, 65536);
    bench_operator("transpose", transpose_16, 16384);
    bench_operator("tflite add", tflite_add_16, 16384);
    bench_operator("tflite avg_pool 2x2", tflite_avg_pool_16, 4096);
    bench_operator("tflite mean, per input", tflite_mean_16, 16384);
    bench_operator("tflite softmax", tflite_softmax_16, 16384);
    return 0;
}
