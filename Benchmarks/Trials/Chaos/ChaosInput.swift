import Glibc

/// The CSV file that chaos is run over: the same bytes for the same seed.
///
/// Its last column is quoted and holds delimiters, quotes and line ends, so that partitions that were
/// cut or read in the wrong place give another result.
struct ChaosInput {
  let path: String
  /// Size at which the file ends, in bytes.
  let size: Int

  /// Writes the file.
  ///
  /// - Throws: ``TrialFailure`` when it cannot be written.
  func write(seed: UInt64) throws {
    guard let file = fopen(path, "w") else { throw failure }
    var random = SplitMix64(seed: seed)
    var buffer = Array("id,station,reading,note\n".utf8)
    var written = 0
    var row = 0
    while written < size {
      while buffer.count < 1 << 20 {
        appendRow(row, to: &buffer, &random)
        row += 1
      }
      guard fwrite(buffer, 1, buffer.count, file) == buffer.count else {
        fclose(file)
        throw failure
      }
      written += buffer.count
      buffer.removeAll(keepingCapacity: true)
    }
    guard fclose(file) == 0 else { throw failure }
  }

  private static let notes = [
    "\"calm\"", "\"wind, rain\"", "\"two\nlines\"", "\"a \"\"storm\"\"\"", "\"\"",
  ].map { Array($0.utf8) }

  private func appendRow(_ row: Int, to buffer: inout [UInt8], _ random: inout SplitMix64) {
    buffer += "\(row),s\(random.number(below: 400)),".utf8
    buffer += "\(random.number(below: 120) - 30).\(random.number(below: 1000)),".utf8
    buffer += Self.notes[random.number(below: Self.notes.count)]
    buffer.append(UInt8(ascii: "\n"))
  }

  private var failure: TrialFailure {
    TrialFailure("\(path) cannot be written: \(String(cString: strerror(errno)))")
  }
}
