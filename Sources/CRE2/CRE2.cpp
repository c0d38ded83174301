#include "CRE2.h"

#include <re2/re2.h>

#include <memory>
#include <vector>

struct millrace_re2 {
  explicit millrace_re2(re2::StringPiece pattern, const RE2::Options &options)
      : compiled(pattern, options) {}
  RE2 compiled;
};

millrace_re2 *millrace_re2_compile(const char *pattern, size_t length, bool longest,
                                   int64_t memory) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingUTF8);
  options.set_longest_match(longest);
  options.set_log_errors(false);
  options.set_max_mem(memory);
  auto made = std::make_unique<millrace_re2>(re2::StringPiece(pattern, length), options);
  return made->compiled.ok() ? made.release() : nullptr;
}

void millrace_re2_free(millrace_re2 *pattern) { delete pattern; }

bool millrace_re2_match(const millrace_re2 *pattern, const char *text, size_t length, size_t start,
                        size_t end, int anchors, ptrdiff_t *spans, int count) {
  static const RE2::Anchor kinds[] = {RE2::UNANCHORED, RE2::ANCHOR_START, RE2::ANCHOR_BOTH};
  // Few patterns have more groups than these.
  re2::StringPiece some[16];
  std::vector<re2::StringPiece> many;
  re2::StringPiece *found = some;
  if (count > 16) {
    many.resize(static_cast<size_t>(count));
    found = many.data();
  }
  if (!pattern->compiled.Match(re2::StringPiece(text, length), start, end, kinds[anchors], found,
                               count)) {
    return false;
  }
  for (int index = 0; index < count; index++) {
    bool is_set = found[index].data() != nullptr;
    spans[2 * index] = is_set ? found[index].data() - text : -1;
    spans[2 * index + 1] =
        is_set ? spans[2 * index] + static_cast<ptrdiff_t>(found[index].size()) : -1;
  }
  return true;
}
