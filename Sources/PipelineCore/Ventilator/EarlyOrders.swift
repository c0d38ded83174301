import DequeModule

extension Ventilator {
  /// Orders of supervisors whose first roster has not come yet.
  ///
  /// Rosters and orders come on channels of their own: an order may be faster than the roster that
  /// tells whose orders count.
  struct EarlyOrders: Sendable {
    private var waiting: Deque<(supervisor: NodeIncarnation, order: Order)> = []

    /// At most this many are kept, the latest. One that is lost is made good by rosters.
    static let maximumWaiting = 64

    /// Keeps an order until a roster of its supervisor comes.
    mutating func keep(_ order: Order, of supervisor: NodeIncarnation) {
      waiting.append((supervisor, order))
      if waiting.count > Self.maximumWaiting { waiting.removeFirst() }
    }

    /// Takes out the orders of the supervisor whose roster has come, in the order in which they came.
    mutating func take(of supervisor: NodeIncarnation) -> [Order] {
      if waiting.isEmpty { return [] }
      let orders = waiting.filter { $0.supervisor == supervisor }.map(\.order)
      waiting.removeAll { $0.supervisor == supervisor }
      return orders
    }

    func checkInvariants() {
      precondition(waiting.count <= Self.maximumWaiting, "too many orders are kept")
    }
  }
}
