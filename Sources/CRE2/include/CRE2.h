// RE2 for Swift: the few calls of its C++ interface that Millrace makes, as C.
#ifndef CRE2_H
#define CRE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled pattern. May be used by several threads at once.
typedef struct millrace_re2 millrace_re2;

/// Compiles `length` bytes of RE2's syntax in UTF-8.
///
/// `longest` asks for the leftmost-longest match in place of the leftmost-first one; `memory` bounds
/// the bytes that the compiled form and its automata may take. NULL for a pattern that is none or
/// needs more memory.
millrace_re2 *millrace_re2_compile(const char *pattern, size_t length, bool longest,
                                   int64_t memory);

/// Lets go of a pattern; NULL is allowed.
void millrace_re2_free(millrace_re2 *pattern);

/// Looks for the pattern in bytes `start..<end` of `text`; assertions see the text around them.
///
/// `anchors` is 0 for a match anywhere, 1 for one that begins at `start`, 2 for one that also ends
/// at `end`. Writes the offsets of the match and of the first groups to `spans`, two for each of
/// `count`, -1 for a group that took no part. With `count` 0 it only says whether there is a match,
/// which is faster.
bool millrace_re2_match(const millrace_re2 *pattern, const char *text, size_t length, size_t start,
                        size_t end, int anchors, ptrdiff_t *spans, int count);

#ifdef __cplusplus
}
#endif

#endif
