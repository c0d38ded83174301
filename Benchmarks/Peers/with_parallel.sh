#!/bin/sh
# The word count by GNU parallel and awk:  with_parallel.sh QUESTION DATA OUT
set -eu
export LC_ALL=C
{
  echo word,times
  parallel --will-cite --pipepart -a "$2" --block -1 -j 2 \
    "mawk '{ for (i = 1; i <= NF; i++) times[\$i]++ } END { for (word in times) print word, times[word] }'" |
    mawk '{ times[$1] += $2 } END { for (word in times) printf "%s,%d\n", word, times[word] }' |
    sort -t, -k2,2nr -k1,1 | head -n 20
} >"$3"
