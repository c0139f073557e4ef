/*
 * QDSL, the text form of a network. compiler/README.md explains it.
 *
 * Two things happen to the tokens before this grammar sees them (TokenPass): brackets are balanced, and inside
 * `quantize { }` the end of a line becomes a `;`, because a setting is a line of free words.
 * Every decision needs two tokens at most, so that parsing stays linear on any input.
 */
grammar QdslGrammar;

file        : section* EOF ;
section     : (model | parameters | quantize) ';'* ;

// The network

model       : modelHead '{' statement* '}' ;
modelHead   : MODEL NAME '(' input (',' input)* ','? ')' '->' NAME (',' NAME)* ','? ;
input       : NAME ':' list (IN range)? ;
range       : '[' number ',' number ']' ;

statement   : block | binding ;
binding     : NAME (':' list)? '=' expression ';'* ;

block       : blockHead ('=' expression | blockBody) ';'* ;
blockHead   : BLOCK NAME '(' (parameter (',' parameter)* ','?)? ')' ;
parameter   : NAME ('=' expression)? ;
blockBody   : '{' binding* result '}' ;
result      : RETURN expression ';'* ;

// Where its parameters come from, and how it is quantised

parameters  : PARAMETERS value (',' value)* ','? ;
quantize    : QUANTIZE '{' setting* '}' ;
setting     : NAME value* ';'+ ;
value       : number | STRING | list | NAME arguments? ;

// Expressions. The stages of a term belong to its last atom: a |> binds tighter than a *.

expression  : term (('+' | '-') term)* ;
term        : atom (('*' | '/') atom)* ('|>' stage)* ;
stage       : NAME arguments? ('*' times)? label ;
times       : number | NAME | '(' expression ')' ;
label       : (AS NAME)? (':' list)? ;
arguments   : '(' (argument (',' argument)* ','?)? ')' ;
argument    : (NAME '=')? expression ;
atom        : number
            | STRING
            | list
            | NAME (arguments label)?
            | '(' expression ')'
            ;
list        : '[' (expression (',' expression)* ','?)? ']' ;
number      : '-'? (INTEGER | DECIMAL) ;

// Tokens

MODEL       : 'model' ;
BLOCK       : 'block' ;
RETURN      : 'return' ;
AS          : 'as' ;
IN          : 'in' ;
PARAMETERS  : 'parameters' ;
QUANTIZE    : 'quantize' ;

PIPE        : '|>' ;
ARROW       : '->' ;
EQUALS      : '=' ;
COLON       : ':' ;
COMMA       : ',' ;
SEMICOLON   : ';' ;
PLUS        : '+' ;
MINUS       : '-' ;
STAR        : '*' ;
SLASH       : '/' ;
LPAREN      : '(' ;
RPAREN      : ')' ;
LBRACKET    : '[' ;
RBRACKET    : ']' ;
LBRACE      : '{' ;
RBRACE      : '}' ;

NAME        : [A-Za-z_] [A-Za-z0-9_]* ;
INTEGER     : [0-9]+ ;
DECIMAL     : ([0-9]+ '.' [0-9]* | '.' [0-9]+) EXPONENT? | [0-9]+ EXPONENT ;
STRING      : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;

COMMENT     : ('//' ~[\n]* | '/*' .*? '*/') -> skip ;
SPACE       : [ \t\r\n\f]+ -> skip ;

// What is not QDSL still becomes a token, so that TokenPass can say what is wrong with it.
BAD_NAME    : [A-Za-z_\p{L}] [A-Za-z0-9_\p{L}\p{M}\p{N}]* ;
BAD_NUMBER  : [0-9] [0-9A-Za-z_.]* ;
OPEN_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
OPEN_COMMENT: '/*' (~'*' | '*'+ ~[*/])* '*'* ;
STRAY       : . ;

fragment EXPONENT : [eE] [+-]? [0-9]+ ;
