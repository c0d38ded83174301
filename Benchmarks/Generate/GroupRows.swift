/// The table G1 of the h2o.ai db-benchmark (`G1_1e7_1e2_0_0`): six keys, of which `id3` and `id6` have
/// a hundredth as many values as there are rows and the others a hundred, and three values. Neither
/// NULL nor sorted.
enum GroupRows {
  /// How rows are written.
  enum Format {
    case csv
    case jsonLines
  }

  /// What stands around a row's values.
  private struct Marks {
    var first: StaticString
    /// Before the second and third text.
    var texts: [StaticString]
    /// Before the numbers.
    var numbers: [StaticString]
    var last: StaticString

    static let csv = Marks(
      first: "", texts: [",", ","], numbers: [",", ",", ",", ",", ",", ","], last: "\n")
    static let jsonLines = Marks(
      first: #"{"id1":""#, texts: [#"","id2":""#, #"","id3":""#],
      numbers: [
        #"","id4":"#, #","id5":"#, #","id6":"#, #","v1":"#, #","v2":"#, #","v3":"#,
      ], last: "}\n")
  }

  /// Writes `rows` lines, in CSV after the names of the columns.
  static func write(rows: Int, seed: UInt64, as format: Format, to output: inout StandardOutput) {
    let few: UInt64 = 100
    let many = max(UInt64(rows) / few, 1)
    let marks = format == .csv ? Marks.csv : Marks.jsonLines
    var random = SplitMix64(state: seed)
    if format == .csv { output.append("id1,id2,id3,id4,id5,id6,v1,v2,v3\n") }
    for _ in 0..<rows {
      output.makeRoom()
      output.append(marks.first)
      output.append("id")
      output.append(random.next(upTo: few), digits: 3)
      output.append(marks.texts[0])
      output.append("id")
      output.append(random.next(upTo: few), digits: 3)
      output.append(marks.texts[1])
      output.append("id")
      output.append(random.next(upTo: many), digits: 10)
      for (index, bound) in [few, few, many, 5, 15].enumerated() {
        output.append(marks.numbers[index])
        output.append(random.next(upTo: bound))
      }
      let millionths = random.next(below: 100_000_000)
      output.append(marks.numbers[5])
      output.append(millionths / 1_000_000)
      output.append(UInt8(ascii: "."))
      output.append(millionths % 1_000_000, digits: 6)
      output.append(marks.last)
    }
  }
}
