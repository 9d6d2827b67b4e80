/* Compiler extensions that the project allows, each behind a macro, so that
 * a compiler without them needs a change in this file only. */
#ifndef FA_BASE_ATTR_H
#define FA_BASE_ATTR_H

#if defined(__GNUC__)
#define FA_MUST_CHECK __attribute__((warn_unused_result))
#define FA_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define FA_CLEANUP(fn) __attribute__((cleanup(fn)))
/* Inlined into each caller, to be compiled with what is constant there. */
#define FA_INLINE inline __attribute__((always_inline))
/* A function for processors with AVX2 only: see fa_cpu_simd. */
#define FA_AVX2 __attribute__((target("avx2")))
/* For processors with BMI2 only; and what becomes a part of such a function. */
#define FA_BMI2 __attribute__((target("bmi2")))
#define FA_INLINE inline __attribute__((always_inline))
/* A constant that is a note in the program, kept though nothing refers to it.
 */
#define FA_ELF_NOTE(name) __attribute__((used, section(name), aligned(4)))
#else
#error "faceaudit needs gcc or clang"
#endif

#define FA_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
