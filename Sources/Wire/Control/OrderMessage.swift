package import PipelineCore

/// An order with what a ventilator needs to tell whether it still counts.
package struct OrderMessage: Sendable, Equatable {
  /// The run it is about. A ventilator of another run drops the message.
  package var run: RunID
  /// Who gives it.
  package var supervisor: NodeIncarnation
  /// What to do.
  package var order: Order

  /// Addresses an order.
  package init(run: RunID, supervisor: NodeIncarnation, order: Order) {
    self.run = run
    self.supervisor = supervisor
    self.order = order
  }
}
