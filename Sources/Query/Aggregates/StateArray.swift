/// Plain memory with one element for each group, grown by doubling.
struct StateArray<Element: BitwiseCopyable>: ~Copyable {
  /// The first element.
  private(set) var base: UnsafeMutablePointer<Element>
  /// Groups there is an element for.
  private(set) var count = 0
  private var capacity: Int
  private let initial: Element

  /// No elements; those to come start as `initial`.
  init(repeating initial: Element) {
    self.initial = initial
    capacity = 16
    base = .allocate(capacity: capacity)
    base.initialize(repeating: initial, count: capacity)
  }

  deinit { base.deallocate() }

  /// Makes elements for groups up to `count`.
  mutating func grow(to count: Int) {
    if count > capacity {
      let larger = max(capacity * 2, count)
      let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
      moved.initialize(repeating: initial, count: larger)
      moved.update(from: base, count: capacity)
      base.deallocate()
      base = moved
      capacity = larger
    }
    self.count = max(self.count, count)
  }
}
