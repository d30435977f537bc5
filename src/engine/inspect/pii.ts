// Personal data: which columns seem to hold it, by their names and by what their values look like. Pure; nothing is proved.

import type { Column } from '../../shared/model/catalog.ts';
import type { PersonalKind, PersonalMark } from '../../shared/model/column-profile.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';

/** Below this many values a share says nothing. */
const FEWEST = 5;
/** Columns where fewer values than this look alike are not marked. */
const SHARE = 0.6;

/** What a column's name says: English, and the usual words of some other languages. */
export function personalByName(column: string, logical: LogicalType, table: string): PersonalKind | null {
  if (!mayBePersonal(logical)) return null;
  const words = wordsOf(column);
  const joined = words.join('');
  // "name_is_public", "email_verified", "address_count" speak about the thing, they are not the thing.
  if (ABOUT.has(words.at(-1) ?? '') || (words.length > 1 && ABOUT_FIRST.has(words[0] ?? ''))) return null;
  // first_name, FirstName and firstname are one word.
  const spoken = [...words, ...words.slice(1).map((word, i) => `${words[i]}${word}`)];
  for (const { kind, alone, whole, fits } of NAMES) {
    if (fits && !fits(logical)) continue;
    if (spoken.some((word) => alone.has(word)) || whole.has(joined)) return kind;
  }
  // The bare word is a person's where the table is of persons: products have names, too.
  return BARE_NAMES.has(joined) && isText(logical) && wordsOf(table).some((word) => PERSONS.has(word)) ? 'name' : null;
}

/** What most of the values look like. `values` are those that are neither NULL nor empty; a sample will do. */
export function personalByValues(
  values: readonly string[],
  logical: LogicalType,
): { readonly kind: PersonalKind; readonly share: number } | null {
  if (values.length < FEWEST || !mayBePersonal(logical)) return null;
  // One text all over is a placeholder, not persons.
  if (new Set(values).size < Math.min(FEWEST, values.length)) return null;
  const numeric = !isText(logical);
  for (const { kind, like, numbers } of SHAPES) {
    if (numeric && !numbers) continue;
    const share = values.filter((value) => like(value.trim())).length / values.length;
    if (share >= SHARE) return { kind, share };
  }
  return null;
}

/** Both marks of a column, the name's first; the same kind twice says more than once. */
export function personalMarks(
  table: string,
  { name: column, logical }: Pick<Column, 'name' | 'logical'>,
  values: readonly string[],
): PersonalMark[] {
  const marks: PersonalMark[] = [];
  const named = personalByName(column, logical, table);
  if (named) marks.push({ column, kind: named, by: 'name', reason: 'by name' });
  const seen = personalByValues(
    values.filter((value) => value.trim() !== ''),
    logical,
  );
  if (seen) {
    const reason = `by value: ${percent(seen.share)} look like ${PLURALS[seen.kind]}`;
    marks.push({ column, kind: seen.kind, by: 'value', reason });
  }
  return marks;
}

export const PLURALS: Readonly<Record<PersonalKind, string>> = {
  'e-mail address': 'e-mail addresses',
  'telephone number': 'telephone numbers',
  name: 'names',
  'postal address': 'postal addresses',
  'date of birth': 'dates of birth',
  'national identifier': 'national identifiers',
  'payment card': 'payment cards',
  'bank account': 'bank accounts',
  'IP address': 'IP addresses',
  secret: 'secrets',
};

// by name ------------------------------------------------------------------------------------------------------------

interface Named {
  readonly kind: PersonalKind;
  /** Words that say it wherever they stand. */
  readonly alone: ReadonlySet<string>;
  /** Whole names, without what stands between their words. */
  readonly whole: ReadonlySet<string>;
  readonly fits?: (logical: LogicalType) => boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const NAMES: readonly Named[] = [
  {
    kind: 'e-mail address',
    alone: words('email emails correo courriel emailaddress epost sähköposti'),
    whole: words('mail emailadresse mailadresse useremail contactemail correoelectronico adressemail'),
    fits: isText,
  },
  {
    kind: 'telephone number',
    alone: words(
      'phone telephone mobilephone cellphone fax msisdn telefon telefono teléfono telefone téléphone celular',
    ),
    whole: words(
      'mobile handy phonenumber phoneno mobilenumber telno telnr telefonnummer handynummer tel cell numerodetelephone',
    ),
  },
  {
    kind: 'bank account',
    alone: words('iban bic kontonummer sortcode'),
    whole: words('swift swiftcode bankaccount accountiban bankaccountnumber routingnumber bankkonto cuentabancaria'),
  },
  {
    kind: 'payment card',
    alone: words('creditcard cardnumber cvv cvc kreditkarte'),
    whole: words('ccnumber ccnum creditcardnumber cardno cardnum cardpan kreditkartennummer numerotarjeta numerocarte'),
  },
  {
    kind: 'national identifier',
    alone: words(
      'ssn socialsecurity passport nino cpf cnp dni nif nie pesel bsn cpr personnummer reisepass passeport pasaporte taxid',
    ),
    whole: words(
      'socialsecuritynumber nationalid nationalinsurance passportnumber driverslicense driverlicense drivinglicence ' +
        'steuerid steuernummer sozialversicherungsnummer codicefiscale fodselsnummer personalausweis identitycard',
    ),
  },
  {
    kind: 'date of birth',
    alone: words(
      'birthday birthdate dob birth born geburtsdatum geburtstag naissance nacimiento nascita nascimento geboortedatum fødselsdato',
    ),
    whole: words('dateofbirth datenaissance fechanacimiento datanascita datanascimento birthyear'),
    fits: (logical) => isText(logical) || ['date', 'timestamp', 'integer', 'opaque'].includes(logical.kind),
  },
  {
    kind: 'IP address',
    alone: words('ipaddress ipaddr ipv4 ipv6'),
    whole: words('ip clientip remoteip remoteaddr lastip userip loginip sourceip hostip lastloginip'),
  },
  {
    kind: 'secret',
    alone: words('password passwd passwort contraseña pwd passphrase apikey secretkey privatekey'),
    whole: words('passwordhash motdepasse accesstoken refreshtoken apisecret secret'),
    fits: isText,
  },
  {
    kind: 'postal address',
    alone: words(
      'street strasse straße rue calle postcode zipcode postleitzahl plz adresse direccion dirección indirizzo endereço adres',
    ),
    whole: words(
      'address address1 address2 addressline addressline1 addressline2 streetaddress zippostal homeaddress postaladdress zip postalcode ' +
        'shippingaddress billingaddress deliveryaddress mailingaddress customeraddress codepostal codigopostal hausnummer',
    ),
    fits: (logical) => isText(logical) || logical.kind === 'integer' || logical.kind === 'json',
  },
  {
    kind: 'name',
    alone: words(
      'firstname lastname surname forename fullname middlename givenname familyname maidenname vorname nachname prenom prénom apellido apellidos cognome sobrenome',
    ),
    whole: words(
      'contactname customername personname patientname employeename cardholder cardholdername nomdefamille ' +
        'buyername recipientname nameoncard username displayname',
    ),
    fits: isText,
  },
];

const BARE_NAMES = words('name fname lname nom nombre nome navn namn naam');
const PERSONS = words(
  'customer customers user users person persons people employee employees patient patients member members contact contacts ' +
    'client clients student students guest guests staff subscriber subscribers lead leads author authors kunde kunden ' +
    'mitarbeiter personen cliente clientes usuario usuarios empleado empleados personnes clienti medewerkers klanten',
);

/** Last words that tell of a property. */
const ABOUT = words(
  'id type kind count status state flag verified valid confirmed enabled sent at on template subject domain format ' +
    'length algorithm expires expired changed reset required public visible optin optout notifications preference',
);
/** First words that make a yes or no of it, or a count. */
const ABOUT_FIRST = words('is has can needs allow requires num count total');

function wordsOf(column: string): string[] {
  return column
    .normalize('NFC')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

// by value -----------------------------------------------------------------------------------------------------------

interface Shape {
  readonly kind: PersonalKind;
  readonly like: (value: string) => boolean;
  /** Numbers may be it, too. */
  readonly numbers?: boolean;
}

/** In this order: what has a check digit or a shape of its own comes before what is only digits. */
const SHAPES: readonly Shape[] = [
  { kind: 'e-mail address', like: isEmail },
  { kind: 'bank account', like: isIban },
  { kind: 'IP address', like: isIpAddress },
  { kind: 'payment card', like: isCard, numbers: true },
  { kind: 'national identifier', like: isSsn },
  { kind: 'telephone number', like: isPhone },
];

const EMAIL = /^[^\s@<>",;:()[\]\\]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,24}$/u;

export function isEmail(value: string): boolean {
  return value.length <= 254 && EMAIL.test(value);
}

/** ISO 13616: letters become numbers, the first four characters go to the end, the remainder by 97 is 1. */
export function isIban(value: string): boolean {
  const compact = value.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const number = Number.parseInt(character, 36);
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest === 1;
}

/** 13 to 19 digits of a known first digit whose last one checks (Luhn). */
export function isCard(value: string): boolean {
  if (!/^\d{4}([ -]?)\d{4,6}(?:\1\d{1,6}){1,3}$/.test(value) && !/^\d{13,19}$/.test(value)) return false;
  const digits = value.replace(/[ -]/g, '');
  if (!/^(?:3[04-9]|4|5[0-8]|2[2-7]|6)/.test(digits) || digits.length < 13 || digits.length > 19) return false;
  if (/^(\d)\1+$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - ZERO;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const ZERO = 0x30;
const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const IPV4 = new RegExp(String.raw`^${OCTET}(?:\.${OCTET}){3}(?:/(?:3[0-2]|[12]?\d))?$`);

/** Version numbers have four parts at times; that all of many are below 256 tells them from it in most cases. */
export function isIpAddress(value: string): boolean {
  if (IPV4.test(value)) return !/^\d\.\d\.\d\.\d$/.test(value);
  if (!/^[0-9a-f:]+(?:\/\d{1,3})?$/i.test(value)) return false;
  const [address = ''] = value.split('/');
  const halves = address.split('::');
  const groups = address.split(':').filter((group) => group !== '');
  if (halves.length > 2 || groups.some((group) => group.length > 4)) return false;
  // Eight groups, or fewer where :: stands for the others; 12:30 is a time of day.
  return halves.length === 2 ? groups.length >= 1 && groups.length < 8 : groups.length === 8;
}

/** The United States' form with its hyphens, without numbers that are never given. */
function isSsn(value: string): boolean {
  return /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/.test(value);
}

/** With a plus, brackets or separators: bare digits are more often a number of something else. Dates are none. */
export function isPhone(value: string): boolean {
  const [number = ''] = value.split(/\s*(?:x|ext\.?)\s*\d{1,6}$/i);
  if (!/^(?:\+|00)?[\d\s().\-/]+$/.test(number)) return false;
  const digits = number.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15) return false;
  if (/^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:\s.*)?$/.test(number)) return false;
  if (/^(?:\+|00[1-9])/.test(number)) return true;
  // A point alone is a decimal's, two groups of digits are a range's or a code's.
  return (
    /^\(?\d{2,5}\)?[\s.\-/]{1,3}\d{2,4}[\s.\-/]\d{2,4}(?:[\s.\-/]?\d{2,4})*$/.test(number) ||
    /^\(\d{2,5}\)\s?\d{3,}/.test(number)
  );
}

// types --------------------------------------------------------------------------------------------------------------

function isText({ kind }: LogicalType): boolean {
  return kind === 'text' || kind === 'opaque';
}

function mayBePersonal({ kind }: LogicalType): boolean {
  return !['boolean', 'bit', 'geometry', 'set', 'enum', 'interval', 'float', 'array', 'time'].includes(kind);
}

function percent(share: number): string {
  return share === 1 ? 'all' : `${Math.floor(share * 100)} %`;
}
