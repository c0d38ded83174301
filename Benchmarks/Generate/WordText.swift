/// Lines of twelve words each of a vocabulary of 100,000, where the n-th most frequent word comes 1/n
/// times as often as the most frequent one (Zipf's law), as in real text.
enum WordText {
  private static let vocabulary = 100_000
  private static let wordsOfLine = 12

  /// Different words of 3 to 10 letters.
  private static func makeWords() -> [[UInt8]] {
    var random = SplitMix64(state: 100_000)
    var seen: Set<[UInt8]> = []
    var words: [[UInt8]] = []
    while words.count < vocabulary {
      let length = 3 + random.next(below: 8)
      let word = (0..<length).map { _ in UInt8(97 + random.next(below: 26)) }
      if seen.insert(word).inserted { words.append(word) }
    }
    return words
  }

  /// Writes lines until there are at least `bytes` bytes.
  static func write(bytes: Int, seed: UInt64, to output: inout StandardOutput) {
    let words = makeWords()
    // The sums of 1/1 … 1/n. Additions and divisions only: the same on every machine.
    var sums: [Double] = []
    var sum = 0.0
    for rank in 1...vocabulary {
      sum += 1 / Double(rank)
      sums.append(sum)
    }
    var random = SplitMix64(state: seed)
    while output.total < bytes {
      output.makeRoom()
      for index in 1...wordsOfLine {
        let point = Double(random.next() >> 11) / Double(1 << 53) * sum
        output.append(words[firstIndex(in: sums, above: point)])
        output.append(index == wordsOfLine ? UInt8(ascii: "\n") : UInt8(ascii: " "))
      }
    }
  }

  private static func firstIndex(in sums: [Double], above point: Double) -> Int {
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > point { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
