/// What is to happen, by time: a binary heap in which equal times keep the order in which they were
/// put in.
struct EventQueue {
  private struct Entry {
    var time: Int64
    var sequence: UInt64
    var slot: Int32

    func isBefore(_ other: Entry) -> Bool {
      time != other.time ? time < other.time : sequence < other.sequence
    }
  }

  private var heap: [Entry] = []
  /// What happens, apart from the heap, so that reordering moves three words only.
  private var slots: [Happening?] = []
  private var free: [Int32] = []
  private var sequence: UInt64 = 0

  var isEmpty: Bool { heap.isEmpty }
  /// Happenings put in so far.
  var count: UInt64 { sequence }

  /// Forgets what is to happen.
  mutating func removeAll() {
    heap.removeAll()
    slots.removeAll()
    free.removeAll()
  }

  /// Has something happen at a time, in nanoseconds of virtual time.
  mutating func insert(_ happening: Happening, at time: Int64) {
    let slot: Int32
    if let last = free.popLast() {
      slot = last
      slots[Int(slot)] = happening
    } else {
      slot = Int32(slots.count)
      slots.append(happening)
    }
    sequence += 1
    heap.append(Entry(time: time, sequence: sequence, slot: slot))
    rise(heap.count - 1)
  }

  /// Takes out what happens first.
  mutating func popFirst() -> (time: Int64, happening: Happening)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    guard let happening = slots[Int(first.slot)].take() else {
      preconditionFailure("an entry of the queue has nothing to happen")
    }
    free.append(first.slot)
    return (first.time, happening)
  }

  private mutating func rise(_ start: Int) {
    heap.withUnsafeMutableBufferPointer { heap in
      var position = start
      let entry = heap[position]
      while position > 0 {
        let parent = (position - 1) / 2
        guard entry.isBefore(heap[parent]) else { break }
        heap[position] = heap[parent]
        position = parent
      }
      heap[position] = entry
    }
  }

  private mutating func sink() {
    heap.withUnsafeMutableBufferPointer { heap in
      let count = heap.count
      let entry = heap[0]
      var position = 0
      while true {
        var child = 2 * position + 1
        guard child < count else { break }
        if child + 1 < count, heap[child + 1].isBefore(heap[child]) { child += 1 }
        guard heap[child].isBefore(entry) else { break }
        heap[position] = heap[child]
        position = child
      }
      heap[position] = entry
    }
  }
}
