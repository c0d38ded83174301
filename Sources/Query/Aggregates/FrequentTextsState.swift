import Columnar
import Formats

/// `approx_top_k`: the most frequent texts of each group with their counts, by the algorithm of Misra
/// and Gries in batches ("Finding repeated elements", 1982; merged as Agarwal et al. show, "Mergeable
/// summaries", 2012).
///
/// A group keeps up to `2 × kept` texts; beyond that the count of the one ranked `kept + 1` is taken
/// off all of them. With n rows a count is at most n / `kept` too low and never too high, so that
/// every text with more rows is there; with up to `2 × kept` different texts all counts are exact.
/// A partial state is group, text and count.
final class FrequentTextsState: AggregateState {
  private let wanted: Int
  private let kept: Int
  /// Numbers pairs of group and text; those that were dropped have the count 0.
  private var pairs = GroupTable(types: [.integer, .text])
  private var counts: [Int64] = []
  /// For each group the pairs with a count.
  private var members: [[UInt32]] = []
  private var dropped = 0
  private var numbers: [UInt32] = []

  /// - Parameter wanted: values to show at most.
  init(wanted: Int) {
    self.wanted = wanted
    kept = max(256, 16 * wanted)
    super.init(partialTypes: [.integer, .text, .bigint])
  }

  override var isByGroup: Bool { false }

  override func grow(to groups: Int) {
    while members.count < groups { members.append([]) }
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let argument = input.argument else { return }
    // A row at a time, so that what is dropped does not depend on how rows come in batches.
    let group = ColumnVector(type: .integer, capacity: 1)
    let text = ColumnVector(type: .text, capacity: 1)
    text.adoptOwners(of: argument)
    let texts = argument.values(as: StringView.self)
    input.forEachValue { row, number in
      group.fill(Int32(truncatingIfNeeded: number), count: 1)
      text.fill(texts[row], count: 1)
      add(group, text, count: 1)
    }
  }

  /// Adds to the count of one pair.
  private func add(_ group: ColumnVector, _ text: ColumnVector, count: Int64) {
    pairs.assign([group, text], count: 1, to: &numbers)
    let pair = Int(numbers[0])
    if pair == counts.count { counts.append(0) }
    let number = Int(group.values(as: Int32.self)[0])
    if counts[pair] == 0 { members[number].append(UInt32(pair)) }
    let (sum, overflow) = counts[pair].addingReportingOverflow(count)
    counts[pair] = overflow ? .max : sum
    if members[number].count > 2 * kept { prune(number) }
  }

  /// The pairs of a group, the most frequent first, and of equal ones the lesser text first.
  private func ranked(_ group: Int) -> [UInt32] {
    let texts = pairs.keys[1].values(as: StringView.self)
    return members[group].sorted { left, right in
      let (count, other) = (counts[Int(left)], counts[Int(right)])
      if count != other { return count > other }
      return texts[Int(left)] < texts[Int(right)]
    }
  }

  private func prune(_ group: Int) {
    let ranked = ranked(group)
    let cut = counts[Int(ranked[kept])]
    for pair in ranked { counts[Int(pair)] = max(counts[Int(pair)] - cut, 0) }
    members[group] = ranked.filter { counts[Int($0)] > 0 }
    dropped += ranked.count - members[group].count
    if dropped > 4096, dropped > pairs.count / 2 { rebuild() }
  }

  /// Leaves behind the pairs that were dropped, so that memory stays bounded by groups.
  private func rebuild() {
    let old = (pairs: pairs, counts: counts)
    let rows = members.flatMap { $0.map { Int32(bitPattern: $0) } }
    let keys = Batch(columns: old.pairs.keys, count: old.pairs.count).picking(rows)
    pairs = GroupTable(types: [.integer, .text])
    pairs.assign(keys.columns, count: keys.count, to: &numbers)
    counts = rows.map { old.counts[Int($0)] }
    var next: UInt32 = 0
    for group in members.indices {
      for place in members[group].indices {
        members[group][place] = next
        next += 1
      }
    }
    dropped = 0
  }

  override func columns() -> [ColumnVector] {
    let columns = partialTypes.map { ColumnVector(type: $0, capacity: 16) }
    columns[1].adoptOwners(of: pairs.keys[1])
    let texts = pairs.keys[1].values(as: StringView.self)
    for group in members.indices {
      for pair in ranked(group) {
        columns[0].append(Int32(truncatingIfNeeded: group))
        columns[1].append(texts[Int(pair)])
        columns[2].append(counts[Int(pair)])
      }
    }
    return columns
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let numbers = columns[0].values(as: Int32.self)
    let texts = columns[1].values(as: StringView.self)
    let added = columns[2].values(as: Int64.self)
    let group = ColumnVector(type: .integer, capacity: 1)
    let text = ColumnVector(type: .text, capacity: 1)
    for row in 0..<columns[0].count {
      let number = Int(numbers[row])
      guard groups.indices.contains(number), added[row] > 0,
        !columns.contains(where: { $0.isNull(row) })
      else {
        throw EvaluationError(row: row, "a partial result is damaged: it has no group \(number)")
      }
      group.fill(Int32(bitPattern: groups[number]), count: 1)
      text.fill(texts[row], count: 1)
      add(group, text, count: added[row])
    }
  }

  /// An array of objects in JSON, the most frequent value first.
  override func finish() throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: .text, capacity: members.count)
    let texts = pairs.keys[1].values(as: StringView.self)
    for group in members.indices {
      let top = ranked(group).prefix(wanted)
      guard !top.isEmpty else {
        result.appendNull()
        continue
      }
      let items = top.map { pair in
        let value = String(decoding: JSONText.quoted(texts[Int(pair)].bytes), as: UTF8.self)
        return "{\"value\":\(value),\"count\":\(counts[Int(pair)])}"
      }
      result.append(text: "[\(items.joined(separator: ","))]")
    }
    return result
  }
}
