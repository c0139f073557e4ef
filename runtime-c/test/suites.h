/* The suites, one per source file; main.c runs them all. */
#ifndef QCC_TEST_SUITES_H
#define QCC_TEST_SUITES_H

void test_requantize(void);
void test_convolution(void);
void test_packed(void);
void test_depthwise(void);
void test_cores(void);
void test_pulp(void);
void test_elementwise(void);
void test_pool(void);
void test_movement(void);
void test_tflite(void);
void test_wide(void);
void test_stream(void);
void test_literal(void);

#endif
