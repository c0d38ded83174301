/// The table G1 of the h2o.ai db-benchmark (`G1_1e7_1e2_0_0`): six keys, of which `id3` and `id6` have
/// a hundredth as many values as there are rows and the others a hundred, and three values. Neither
/// NULL nor sorted.
enum GroupRows {
  /// Writes the names of the columns and `rows` lines.
  static func write(rows: Int, seed: UInt64, to output: inout StandardOutput) {
    let few: UInt64 = 100
    let many = max(UInt64(rows) / few, 1)
    var random = SplitMix64(state: seed)
    output.append("id1,id2,id3,id4,id5,id6,v1,v2,v3\n")
    for _ in 0..<rows {
      output.makeRoom()
      output.append("id")
      output.append(random.next(upTo: few), digits: 3)
      output.append(",id")
      output.append(random.next(upTo: few), digits: 3)
      output.append(",id")
      output.append(random.next(upTo: many), digits: 10)
      for bound in [few, few, many, 5, 15] {
        output.append(UInt8(ascii: ","))
        output.append(random.next(upTo: bound))
      }
      let millionths = random.next(below: 100_000_000)
      output.append(UInt8(ascii: ","))
      output.append(millionths / 1_000_000)
      output.append(UInt8(ascii: "."))
      output.append(millionths % 1_000_000, digits: 6)
      output.append(UInt8(ascii: "\n"))
    }
  }
}
