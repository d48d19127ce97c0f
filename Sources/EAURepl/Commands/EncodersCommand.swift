import Foundation
import ModalityKit

struct EncodersCommand: Command {
  static let name = "encoders"
  static let usage = "encoders [NAME]"
  static let summary = "list the encoders, their parameters and corruptions"
  static let examples = ["encoders", "encoders mfcc"]
  static let parameters: [Parameter] = [
    .word("NAME", .encoder, "one of them, or a modality", optional: true)
  ]
  static let seeAlso = ["use", "plugin", "mfcc"]

  private let wanted: String?

  init(_ arguments: Arguments) throws {
    wanted = try arguments.words(0...1, Self.self).first
  }

  func run(_ session: inout Session, _ console: Console) throws -> Report {
    var types = session.core.encoderTypes
    if let wanted {
      let names = types.map(\.descriptor.identifier)
      types = types.filter {
        $0.descriptor.identifier == wanted || $0.descriptor.modality == wanted
      }
      if types.isEmpty { throw CommandError.unknown("encoder", wanted, among: names) }
    }
    return Report(
      blocks: types.flatMap(EncoderView.blocks),
      result: .object([("encoders", .array(types.map(EncoderView.json)))]))
  }
}

/// An encoder as it is shown.
enum EncoderView {
  static func blocks(_ type: EncoderType) -> [Block] {
    let descriptor = type.descriptor
    var blocks: [Block] = [
      .heading("\(descriptor.identifier)  (\(descriptor.modality))"),
      .text("\(descriptor.summary). Takes \(descriptor.accepts)."),
    ]
    if !descriptor.parameters.isEmpty {
      blocks.append(
        .table(
          Table(
            columns: [
              .init("parameter"), .init("expects", wraps: true), .init("default"),
              .init("meaning", wraps: true),
            ],
            rows: descriptor.parameters.map {
              [$0.name, $0.expectation, $0.defaultText, $0.summary]
            })))
    }
    if !type.corruptions.isEmpty {
      blocks.append(
        .table(
          Table(
            columns: [.init("corruption"), .init("severity 0…10")],
            rows: type.corruptions.map { [$0.name, $0.summary] })))
    }
    return blocks
  }

  static func json(_ type: EncoderType) -> JSONValue {
    let descriptor = type.descriptor
    return .object([
      ("identifier", .string(descriptor.identifier)), ("version", .integer(descriptor.version)),
      ("modality", .string(descriptor.modality)), ("summary", .string(descriptor.summary)),
      ("accepts", .string(descriptor.accepts)),
      (
        "parameters",
        .array(
          descriptor.parameters.map {
            .object([
              ("name", .string($0.name)), ("expects", .string($0.expectation)),
              ("default", .string($0.defaultText)), ("unit", JSONValue($0.unit)),
              ("summary", .string($0.summary)),
            ])
          })
      ),
      (
        "corruptions",
        .array(
          type.corruptions.map {
            .object([("name", .string($0.name)), ("summary", .string($0.summary))])
          })
      ),
    ])
  }
}
