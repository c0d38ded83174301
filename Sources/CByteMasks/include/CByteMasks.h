// Which of 64 bytes are a given one, as 64 bits: with the instruction that x86-64 has for it and
// Swift's vectors do not reach. A header only, so that all of it is inlined.
#ifndef CBYTEMASKS_H
#define CBYTEMASKS_H

#if defined(__x86_64__)
#include <emmintrin.h>
#include <stdint.h>

/// A bit for each of 16 bytes.
static inline __attribute__((always_inline)) uint64_t millrace_byte_mask16(
    const void *_Nonnull memory, __m128i pattern) {
  const __m128i block = _mm_loadu_si128((const __m128i *)memory);
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, pattern));
}

/// Bit i is set where byte i of the 16 at `memory` equals `byte`.
static inline __attribute__((always_inline)) uint64_t millrace_short_byte_mask(
    const void *_Nonnull memory, uint8_t byte) {
  return millrace_byte_mask16(memory, _mm_set1_epi8((char)byte));
}

/// Bit i is set where byte i of the 16 at `memory`, less `lowest`, is at most `span`.
static inline __attribute__((always_inline)) uint64_t millrace_short_range_mask(
    const void *_Nonnull memory, uint8_t lowest, uint8_t span) {
  const __m128i block = _mm_loadu_si128((const __m128i *)memory);
  const __m128i above = _mm_sub_epi8(block, _mm_set1_epi8((char)lowest));
  const __m128i capped = _mm_min_epu8(above, _mm_set1_epi8((char)span));
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(capped, above));
}

/// Bit i is set where byte i of the 64 at `memory` equals `byte`.
static inline __attribute__((always_inline)) uint64_t millrace_byte_mask(
    const void *_Nonnull memory, uint8_t byte) {
  const uint8_t *bytes = (const uint8_t *)memory;
  const __m128i pattern = _mm_set1_epi8((char)byte);
  return millrace_byte_mask16(bytes, pattern) | millrace_byte_mask16(bytes + 16, pattern) << 16
      | millrace_byte_mask16(bytes + 32, pattern) << 32
      | millrace_byte_mask16(bytes + 48, pattern) << 48;
}
#endif

#endif
