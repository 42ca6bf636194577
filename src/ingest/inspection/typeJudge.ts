import type { TimeFormats } from '../columnType.js';
import { ColumnTypeFinder } from '../valueType.js';

/** Whether a text has a type. `ask the engine` where only the engine's own conversion tells. */
export type Verdict = 'fits' | 'misfit' | 'ask the engine';

/** Judges the texts of one column. */
export type TextJudge = (text: string) => Verdict;

const wholeNumber = /^-?(?:0|[1-9]\d*)$/;
const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/;
const doubleCharacters = /^[\d+\-.eE\sinfatyINFATY]+$/;
const timeShape = /^\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?$/;
const ranges: Readonly<Record<string, readonly [least: bigint, greatest: bigint]>> = {
  INTEGER: [-(2n ** 31n), 2n ** 31n - 1n],
  BIGINT: [-(2n ** 63n), 2n ** 63n - 1n],
};

/**
 * Decides for a contract's type, as the strict read does (`typedColumns`), by the text alone where that is
 * certain. What is left is rare: odd ways of writing a number or a time, and dates in a format.
 */
export function judgeOf(type: string, formats: TimeFormats): TextJudge {
  if (type === 'VARCHAR') return () => 'fits';
  const format = type === 'DATE' ? formats.dateFormat : formats.timestampFormat;
  if (format !== undefined && (type === 'DATE' || type === 'TIMESTAMP')) return formatJudge(format);
  const range = ranges[type];
  if (range !== undefined) return integerJudge(range);
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  if (decimal !== null) return decimalJudge(Number(decimal[1]), Number(decimal[2]));
  return judges[type] ?? (() => 'ask the engine');
}

const judges: Readonly<Record<string, TextJudge>> = {
  BOOLEAN: (text) =>
    /^(?:true|false)$/i.test(text) ? 'fits' : text.length > 5 ? 'misfit' : 'ask the engine',
  DOUBLE: (text) => {
    if (plainNumber.test(text)) return 'fits';
    return doubleCharacters.test(text) ? 'ask the engine' : 'misfit';
  },
  DATE: (text) => shaped('DATE', text, Buffer.byteLength(text) === 10 && /\d/.test(text)),
  TIME: (text) => shaped('TIME', text, timeShape.test(text)),
  TIMESTAMP: (text) => shaped('TIMESTAMP', text, text.length >= 16 && text.includes(':')),
};

function shaped(type: string, text: string, hasShape: boolean): Verdict {
  if (!hasShape) return 'misfit';
  const finder = new ColumnTypeFinder();
  finder.add(text);
  return finder.type === type ? 'fits' : 'ask the engine';
}

function integerJudge([least, greatest]: readonly [bigint, bigint]): TextJudge {
  return (text) => {
    if (!wholeNumber.test(text) || text.length > 20) return 'misfit';
    const value = BigInt(text);
    return value >= least && value <= greatest ? 'fits' : 'misfit';
  };
}

function decimalJudge(precision: number, scale: number): TextJudge {
  const shape = new RegExp(`^[+-]?(\\d*)(?:\\.\\d{0,${scale}}0*)?$`);
  return (text) => {
    const whole = shape.exec(text)?.[1];
    if (whole === undefined) return 'misfit';
    if (!/^-?\d+(?:\.\d+)?$/.test(text)) return 'ask the engine';
    return whole.replace(/^0+/, '').length <= precision - scale ? 'fits' : 'misfit';
  };
}

/** Of the formats that people use: two digits each for day and month, four for the year. */
const formatParts: Readonly<Record<string, string>> = {
  '%d': '(?:0[1-9]|1\\d|2[0-8])',
  '%m': '(?:0[1-9]|1[0-2])',
  '%Y': '(?:1[6-9]|20)\\d{2}',
  '%H': '(?:[01]\\d|2[0-3])',
  '%M': '[0-5]\\d',
  '%S': '[0-5]\\d',
};

/** The 29th to the 31st, which not every month has, are left to the engine. */
function formatJudge(format: string): TextJudge {
  const parts = format.match(/%.|[^%]/gs) ?? [];
  const isKnown = parts.every((part) => !part.startsWith('%') || part in formatParts);
  if (!isKnown) return () => 'ask the engine';
  const pattern = parts.map((part) => formatParts[part] ?? part.replaceAll(/[$()*+./?[\\\]^{|}-]/g, '\\$&'));
  const certain = new RegExp(`^${pattern.join('')}$`);
  return (text) => (certain.test(text) ? 'fits' : /\d|inf|epoch/i.test(text) ? 'ask the engine' : 'misfit');
}
